using System.Buffers;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Writes records of CSV with CR LF; a cell that holds a separator, a quote or a line end is quoted.</summary>
sealed class CsvRecordWriter(CsvLayout layout) : RecordWriter
{
    readonly SearchValues<char> special = SearchValues.Create([(char)layout.Separator, (char)layout.Quote, '\r', '\n', '\uFEFF']);

    public override byte[] Begin() => layout.Header ? Line(layout.Columns.Select(column => column.Name)) : [];

    public override Outcome<byte[]> Write(string member, JsonValue record)
    {
        if (member != layout.Member) return new Problem("unknown-name", FormatMessages.NoSuchRecord(layout.Member), $"/{JsonPointer.Escape(member)}");
        if (record.Kind != JsonKind.Object) return new Problem("type", FormatMessages.WriteObject);
        var problems = new ProblemList();
        var cells = layout.Columns.Select(column => Cell.Text(record[column.Member], $"/{JsonPointer.Escape(column.Member)}", problems) ?? "").ToList();
        foreach (var (name, value) in record.Members)
            if (!value.IsNull && !layout.Columns.Any(column => column.Member == name)) problems.Add(null, "unknown-name", FormatMessages.NoColumnFor, $"/{JsonPointer.Escape(name)}", name);
        return problems.Or(() => Line(cells));
    }

    public override byte[] End() => [];

    byte[] Line(IEnumerable<string> cells)
    {
        var line = string.Join((char)layout.Separator, cells.Select(Quoted));

        // An empty line is no record, so one with nothing in its one column is written with quotes.
        if (line.Length == 0) line = new string((char)layout.Quote, 2);
        return Encoding.UTF8.GetBytes(line + "\r\n");
    }

    string Quoted(string cell)
    {
        if (!cell.AsSpan().ContainsAny(special)) return cell;
        var quote = ((char)layout.Quote).ToString();
        return $"{quote}{cell.Replace(quote, quote + quote, StringComparison.Ordinal)}{quote}";
    }
}
