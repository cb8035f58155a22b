using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Records of fixed width, laid out by the schema: see "Formats" in docs/mappings.md.</summary>
static class FixedWidthFormat
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits)
    {
        var laidOut = Layout(shape, path: null);
        if (!laidOut.Succeeded) return laidOut.Problems;
        var layout = laidOut.Value;
        (string, bool)[] members = layout.Root.Parts is [{ Member: "" }] ? [] : [.. layout.Root.Parts.Select(part => (part.Member, part.IsList))];
        return RecordDocument.Read(document, new FixedWidthRecordReader(layout, RecordLimits.Of(limits)), members, limits);
    }

    public static Outcome<RecordReader> Records(Shape? shape, string? path, RecordLimits limits) => Layout(shape, path).Then<RecordReader>(layout => new FixedWidthRecordReader(layout, limits));

    public static Outcome<RecordWriter> WriteRecords(Shape? shape, string? path) => Layout(shape, path).Then<RecordWriter>(layout => new FixedWidthRecordWriter(layout));

    static Outcome<FixedWidthLayout> Layout(Shape? shape, string? path)
    {
        if (path is not null) return new Problem("path", FormatMessages.PathNotTaken("fixed width"), Value: Problem.Preview(path));
        if (shape is null) return FormatMessages.NeedsSchema;
        var layout = FixedWidthLayout.Of(shape);
        return layout.Problems.IsEmpty ? layout : layout.Problems;
    }

    public static Outcome<byte[]> Write(JsonValue value, Shape? shape)
    {
        var laidOut = Layout(shape, path: null);
        if (!laidOut.Succeeded) return laidOut.Problems;
        var layout = laidOut.Value;
        var writer = new FixedWidthRecordWriter(layout);
        if (layout.Root.Parts is [{ Member: "" }]) return RecordDocument.Write([("", "", value)], writer);
        if (value.Kind != JsonKind.Object) return new Problem("type", FormatMessages.WriteObject);
        var problems = new ProblemList();
        foreach (var (name, member) in value.Members)
        {
            var path = $"/{JsonPointer.Escape(name)}";
            var part = layout.Root.Parts.Find(part => part.Member == name);
            if (part is null && !member.IsNull) problems.Add(null, "unknown-name", FormatMessages.NoColumnFor, path, name);
            if (part is { IsList: true } && member.Kind is not (JsonKind.Array or JsonKind.Null)) problems.Add(null, "type", FormatMessages.WriteList, path);
        }

        return problems.IsEmpty ? RecordDocument.Write(layout.Root.Parts.SelectMany(part => Records(part, value[part.Member])), writer) : problems.ToImmutable();
    }

    static IEnumerable<(string Member, string Path, JsonValue Record)> Records(FixedWidthRecord part, JsonValue value)
    {
        var path = $"/{JsonPointer.Escape(part.Member)}";
        if (value.IsNull) return [];
        return part.IsList ? value.Items.Select((item, at) => (part.Member, $"{path}/{at.ToString(CultureInfo.InvariantCulture)}", item)) : [(part.Member, path, value)];
    }
}
