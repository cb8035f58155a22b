using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Reads the records of a CSV file. An empty line is no record; an empty cell is an absent member.</summary>
sealed class CsvRecordReader(CsvLayout layout, RecordLimits limits) : RecordReader(limits)
{
    CsvBoundary boundary = new(layout.Separator, layout.Quote);
    CsvHeader? header = layout.Header ? null : CsvHeader.Of(layout);

    private protected override (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes)
    {
        var end = boundary.Find(bytes);
        return end < 0 ? (bytes.Length, Scanned.Part) : (end, Scanned.End);
    }

    private protected override void GiveUp() => boundary.GiveUp();

    private protected override void Take(ReadOnlySpan<byte> record, Position start, bool last)
    {
        record = Lines.WithoutEnd(record);
        if (record.IsEmpty) return;
        if (header is not null)
        {
            Emit(start, layout.Member, Record(record, header));
            return;
        }

        var read = CsvHeader.Read(record, layout);
        if (read.Succeeded) header = read.Value;
        else Stop(start, read.Problems);
    }

    private protected override void Refuse(Position start, Problem problem)
    {
        if (header is null) Stop(start, problem);
        else Emit(start, layout.Member, problem);
    }

    private protected override void Finish()
    {
        if (header is null) Stop(Here, new Problem("header", FormatMessages.NoHeader));
    }

    Outcome<JsonValue> Record(ReadOnlySpan<byte> record, CsvHeader known)
    {
        var problems = new ProblemList();
        var members = new KeyValuePair<string, JsonValue>[known.Columns.Length];
        var cells = new CsvCells(record, layout.Separator, layout.Quote);
        var count = 0;
        for (; cells.Next(out var cell); count++)
        {
            if (count >= members.Length) continue;
            var (column, order) = known.Columns[count];
            if (cell.Fault != CsvFault.None) problems.Add(CsvFaults.Told(cell, record, $"/{JsonPointer.Escape(column.Member)}"));
            else if (cell.In(record).IndexOf((byte)0) is var nul and >= 0) problems.Add(Lines.Nul(record, cell.Start + nul, $"/{JsonPointer.Escape(column.Member)}"));
            else if (cell.Length > 0) members[order] = KeyValuePair.Create(column.Member, Value(cell, record, column));
        }

        if (count != members.Length && problems.IsEmpty) return new Problem("columns", FormatMessages.CellCount(members.Length, count));
        return problems.Or(() => JsonValue.OfDistinct(Array.FindAll(members, member => member.Key is not null)));
    }

    JsonValue Value(CsvCell cell, ReadOnlySpan<byte> record, CsvColumn column) =>
        Cell.Typed(cell.In(record), column.Types) ?? cell.Text(record, (char)layout.Quote);
}
