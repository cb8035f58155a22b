using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Writes records of fixed width, each with its parts after it in the schema's order.</summary>
sealed class FixedWidthRecordWriter(FixedWidthLayout layout) : RecordWriter
{
    public override byte[] Begin() => [];

    public override Outcome<byte[]> Write(string member, JsonValue record)
    {
        if (layout.Root.Parts.Find(part => part.Member == member) is not { } kind)
            return new Problem("unknown-name", FormatMessages.NoSuchRecord(string.Join("\", \"", layout.Root.Parts.Select(part => part.Member))), $"/{JsonPointer.Escape(member)}");
        var problems = new ProblemList();
        var bytes = new List<byte>();
        Record(kind, record, "", bytes, problems);
        return problems.Or(bytes.ToArray);
    }

    public override byte[] End() => [];

    void Record(FixedWidthRecord kind, JsonValue record, string path, List<byte> bytes, ProblemList problems)
    {
        if (record.Kind != JsonKind.Object)
        {
            problems.Add(null, "type", FormatMessages.WriteObject, path);
            return;
        }

        Line(kind, record, path, bytes, problems);
        foreach (var (name, value) in record.Members)
            if (!value.IsNull && !kind.Columns.Any(column => column.Member == name) && !kind.Parts.Exists(part => part.Member == name))
                problems.Add(null, "unknown-name", FormatMessages.NoColumnFor, $"{path}/{JsonPointer.Escape(name)}", name);
        foreach (var part in kind.Parts) Part(part, record[part.Member], $"{path}/{JsonPointer.Escape(part.Member)}", bytes, problems);
    }

    void Part(FixedWidthRecord part, JsonValue value, string path, List<byte> bytes, ProblemList problems)
    {
        if (value.IsNull) return;
        if (!part.IsList) Record(part, value, path, bytes, problems);
        else if (value.Kind != JsonKind.Array) problems.Add(null, "type", FormatMessages.WriteList, path);
        else foreach (var (at, item) in value.Items.Index()) Record(part, item, $"{path}/{at.ToString(CultureInfo.InvariantCulture)}", bytes, problems);
    }

    void Line(FixedWidthRecord kind, JsonValue record, string path, List<byte> bytes, ProblemList problems)
    {
        var at = 0;
        var fields = kind.Columns.Select(column => (column.At, column.Width, Column: (FixedWidthColumn?)column)).ToList();
        if (layout.Hint.TagAt is { } tagAt) fields.Add((tagAt - 1, layout.Hint.TagWidth, null));
        foreach (var (start, width, column) in fields.OrderBy(field => field.At))
        {
            bytes.AddRange(Blanks(start - at));
            at = start + width;
            if (column is null) bytes.AddRange(Encoding.ASCII.GetBytes(kind.Tag.PadRight(width)));
            else if (Column(column, record[column.Member], $"{path}/{JsonPointer.Escape(column.Member)}", problems) is { } filled) bytes.AddRange(filled);
        }

        bytes.AddRange(Blanks(kind.Length - at));
        bytes.AddRange(Encoding.ASCII.GetBytes(layout.Hint.LineEnd));
    }

    byte[]? Column(FixedWidthColumn column, JsonValue value, string path, ProblemList problems)
    {
        var own = new ProblemList();
        var filled = Cell.Text(value, path, own) is { } text ? FixedWidthColumns.Write(text, column, layout.Characters, path, own) : null;
        problems.AddRange(own.ToImmutable());
        return filled;
    }

    static IEnumerable<byte> Blanks(int count) => Enumerable.Repeat((byte)' ', count);
}
