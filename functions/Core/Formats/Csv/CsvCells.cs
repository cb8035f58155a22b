using System.Text;

namespace Interop.Core.Formats;

/// <summary>One cell where it stands in its record; nothing is copied.</summary>
/// <param name="Start">The first byte of the content, after an opening quote.</param>
/// <param name="Length">The bytes of the content.</param>
/// <param name="HasQuotes">Whether the content holds doubled quotes.</param>
/// <param name="Fault">What is wrong with it; null if nothing is.</param>
/// <param name="FaultAt">Where.</param>
readonly record struct CsvCell(int Start, int Length, bool HasQuotes, CsvFault Fault, int FaultAt)
{
    /// <summary>The cell's text in UTF-8.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> record) => record.Slice(Start, Length);

    public string Text(ReadOnlySpan<byte> record, char quote)
    {
        var text = Encoding.UTF8.GetString(In(record));
        return HasQuotes ? text.Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal) : text;
    }
}

enum CsvFault
{
    None,
    QuoteWithin,
    TextAfterQuote,
    Unclosed,
    CarriageReturn,
}

/// <summary>The cells of one record (RFC 4180) one by one, over its bytes.</summary>
/// <remarks>
/// Ours and not a package's: a problem needs the byte where it stands, a compiled mapping must read cells without making texts of them, and the core takes spans, not
/// streams with a culture.
/// </remarks>
ref struct CsvCells(ReadOnlySpan<byte> record, byte separator, byte quote)
{
    readonly ReadOnlySpan<byte> record = record;
    int at;
    bool ended;

    /// <summary>The next cell; false after the last. A record has at least one.</summary>
    public bool Next(out CsvCell cell)
    {
        cell = default;
        if (ended) return false;
        cell = at < record.Length && record[at] == quote ? Quoted() : Plain(at);
        return true;
    }

    CsvCell Plain(int start)
    {
        var rest = record[start..];
        var length = rest.IndexOf(separator);
        End(start + (length < 0 ? rest.Length : length));
        var text = length < 0 ? rest : rest[..length];
        var wrong = text.IndexOfAny(quote, (byte)'\r');
        return new CsvCell(start, text.Length, false, wrong < 0 ? CsvFault.None : text[wrong] == quote ? CsvFault.QuoteWithin : CsvFault.CarriageReturn, start + wrong);
    }

    CsvCell Quoted()
    {
        var (opening, start) = (at, at + 1);
        var hasQuotes = false;
        for (var from = start; ;)
        {
            var closing = record[from..].IndexOf(quote);
            if (closing < 0)
            {
                End(record.Length);
                return new CsvCell(start, record.Length - start, hasQuotes, CsvFault.Unclosed, opening);
            }

            closing += from;
            from = closing + 2;
            if (closing + 1 < record.Length && record[closing + 1] == quote)
            {
                hasQuotes = true;
                continue;
            }

            var rest = record[(closing + 1)..].IndexOf(separator);
            var end = rest < 0 ? record.Length : closing + 1 + rest;
            End(end);
            return new CsvCell(start, closing - start, hasQuotes, end == closing + 1 ? CsvFault.None : CsvFault.TextAfterQuote, closing + 1);
        }
    }

    void End(int end)
    {
        ended = end >= record.Length;
        at = end + 1;
    }
}
