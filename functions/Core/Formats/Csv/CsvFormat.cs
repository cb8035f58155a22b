using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>CSV (RFC 4180), laid out by the schema: see "Formats" in docs/mappings.md.</summary>
static class CsvFormat
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits)
    {
        var laidOut = Layout(shape, path: null);
        if (!laidOut.Succeeded) return laidOut.Problems;
        var layout = laidOut.Value;
        return RecordDocument.Read(document, new CsvRecordReader(layout, RecordLimits.Of(limits)), layout.Member.Length == 0 ? [] : [(layout.Member, true)], limits);
    }

    public static Outcome<RecordReader> Records(Shape? shape, string? path, RecordLimits limits) => Layout(shape, path).Then<RecordReader>(layout => new CsvRecordReader(layout, limits));

    public static Outcome<RecordWriter> WriteRecords(Shape? shape, string? path) => Layout(shape, path).Then<RecordWriter>(layout => new CsvRecordWriter(layout));

    static Outcome<CsvLayout> Layout(Shape? shape, string? path)
    {
        if (path is not null) return new Problem("path", FormatMessages.PathNotTaken("CSV"), Value: Problem.Preview(path));
        if (shape is null) return FormatMessages.NeedsSchema;
        var layout = CsvLayout.Of(shape);
        return layout.Problems.IsEmpty ? layout : layout.Problems;
    }

    public static Outcome<byte[]> Write(JsonValue value, Shape? shape)
    {
        var laidOut = Layout(shape, path: null);
        if (!laidOut.Succeeded) return laidOut.Problems;
        var layout = laidOut.Value;
        var writer = new CsvRecordWriter(layout);
        if (layout.Member.Length == 0) return RecordDocument.Write([("", "", value)], writer);
        if (value.Kind != JsonKind.Object) return new Problem("type", FormatMessages.WriteObject);
        var problems = new ProblemList();
        foreach (var (name, other) in value.Members)
            if (name != layout.Member && !other.IsNull) problems.Add(null, "unknown-name", FormatMessages.NoSuchRecord(layout.Member), $"/{JsonPointer.Escape(name)}", name);
        var rows = value[layout.Member];
        if (rows.Kind is not (JsonKind.Array or JsonKind.Null)) problems.Add(null, "type", FormatMessages.WriteList, $"/{JsonPointer.Escape(layout.Member)}");
        if (!problems.IsEmpty) return problems.ToImmutable();
        return RecordDocument.Write(rows.Items.Select((row, at) => (layout.Member, $"/{JsonPointer.Escape(layout.Member)}/{at.ToString(CultureInfo.InvariantCulture)}", row)), writer);
    }
}
