using System.Runtime.InteropServices;

namespace Interop.Core.Formats;

/// <summary>Finds where a record of CSV ends: at the first LF that stands in no quotes. The state lives across pieces.</summary>
[StructLayout(LayoutKind.Auto)]
struct CsvBoundary(byte separator, byte quote)
{
    Where where;

    enum Where
    {
        CellStart,
        Plain,
        Quoted,
        AfterQuote,
    }

    /// <summary>The number of bytes up to and with the end of the record; -1 if it does not end in these.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            switch (where)
            {
                case Where.CellStart when bytes[at] == quote:
                    where = Where.Quoted;
                    at++;
                    break;
                case Where.AfterQuote when bytes[at] == quote:
                    where = Where.Quoted;
                    at++;
                    break;
                case Where.Quoted:
                    var closing = bytes[at..].IndexOf(quote);
                    if (closing < 0) return -1;
                    where = Where.AfterQuote;
                    at += closing + 1;
                    break;
                default:
                    where = Where.Plain;
                    var end = bytes[at..].IndexOfAny(separator, (byte)'\n');
                    if (end < 0) return -1;
                    at += end + 1;
                    where = Where.CellStart;
                    if (bytes[at - 1] == '\n') return at;
                    break;
            }
        }

        return -1;
    }

    /// <summary>Ends the record at the next LF, wherever it stands.</summary>
    public void GiveUp() => where = Where.Plain;
}
