using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>CSV (RFC 4180), laid out by the schema: see "Formats" in docs/mappings.md.</summary>
static class CsvFormat
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits)
    {
        if (shape is null) return FormatMessages.NeedsSchema;
        var layout = CsvLayout.Of(shape);
        if (!layout.Problems.IsEmpty) return layout.Problems;
        return RecordDocument.Read(document, new CsvRecordReader(layout, RecordLimits.Of(limits)), layout.Member.Length == 0 ? [] : [(layout.Member, true)], limits);
    }

    public static Outcome<byte[]> Write(JsonValue value, Shape? shape)
    {
        if (shape is null) return FormatMessages.NeedsSchema;
        var layout = CsvLayout.Of(shape);
        if (!layout.Problems.IsEmpty) return layout.Problems;
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
