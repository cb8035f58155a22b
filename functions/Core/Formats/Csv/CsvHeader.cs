using System.Collections.Immutable;

namespace Interop.Core.Formats;

/// <summary>Which column each cell of a record belongs to, and where its value goes among the members.</summary>
sealed record CsvHeader(ImmutableArray<(CsvColumn Column, int Order)> Columns)
{
    /// <summary>The columns as the schema orders them.</summary>
    public static CsvHeader Of(CsvLayout layout) => new([.. layout.Columns.Select((column, at) => (column, at))]);

    /// <summary>The columns as the document's first record orders them.</summary>
    public static Outcome<CsvHeader> Read(ReadOnlySpan<byte> record, CsvLayout layout)
    {
        var problems = new ProblemList();
        var names = Names(record, layout, problems);
        var known = layout.Columns.Select((column, at) => (Column: column, Order: at)).ToDictionary(pair => pair.Column.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var order = known.Count;
        var columns = ImmutableArray.CreateBuilder<(CsvColumn, int)>();
        foreach (var (name, at) in names)
        {
            if (!seen.Add(name)) problems.Add(Lines.At(record, at, "doubled-column", FormatMessages.DoubledInHeader, name));
            else if (known.TryGetValue(name, out var column)) columns.Add(column);
            else if (layout.Others is { } others && !layout.Columns.Any(column => column.Member == name)) columns.Add((new CsvColumn(name, name, others.Types), order++));
            else problems.Add(Lines.At(record, at, "unknown-column", FormatMessages.UnknownColumn(name, [.. known.Keys]), name));
        }

        foreach (var missing in known.Keys.Where(name => !seen.Contains(name))) problems.Add(null, "missing-column", FormatMessages.MissingColumn(missing), value: missing);
        return problems.Or(() => new CsvHeader(columns.ToImmutable()));
    }

    static List<(string Name, int At)> Names(ReadOnlySpan<byte> record, CsvLayout layout, ProblemList problems)
    {
        var names = new List<(string, int)>();
        var cells = new CsvCells(record, layout.Separator, layout.Quote);
        while (cells.Next(out var cell))
        {
            if (cell.Fault != CsvFault.None) problems.Add(CsvFaults.Told(cell, record, ""));
            else if (cell.In(record).IndexOf((byte)0) is var nul and >= 0) problems.Add(Lines.Nul(record, cell.Start + nul, ""));
            names.Add((cell.Text(record, (char)layout.Quote), cell.Start));
        }

        return names;
    }
}

/// <summary>What is wrong with a cell, in words.</summary>
static class CsvFaults
{
    static readonly Dictionary<CsvFault, (string Rule, string Message)> All = new()
    {
        [CsvFault.QuoteWithin] = ("quote", FormatMessages.QuoteWithin),
        [CsvFault.TextAfterQuote] = ("quote", FormatMessages.TextAfterQuote),
        [CsvFault.Unclosed] = ("unclosed-quote", FormatMessages.UnclosedQuote),
        [CsvFault.CarriageReturn] = ("line-end", FormatMessages.LoneCarriageReturn),
    };

    public static Problem Told(CsvCell cell, ReadOnlySpan<byte> record, string path) =>
        Lines.At(record, cell.FaultAt, All[cell.Fault].Rule, All[cell.Fault].Message, System.Text.Encoding.UTF8.GetString(cell.In(record)), path);
}
