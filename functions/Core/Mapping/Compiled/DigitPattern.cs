using System.Runtime.InteropServices;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A date or date and time pattern of fixed length: <c>yyyy MM MMM dd HH mm ss</c> once each and literals between them, such as <c>dd/MM/yyyy HH:mm</c>.</summary>
sealed class DigitPattern
{
    const int MaxLength = 64;

    // In the invariant culture, as NodaTime writes them; in any case when read.
    static readonly byte[][] MonthNames = [.. "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ').Select(Encoding.ASCII.GetBytes)];

    readonly Piece[] pieces;

    DigitPattern(List<Piece> pieces, int length)
    {
        (this.pieces, Length) = ([.. pieces], length);
        HasTime = pieces.Exists(piece => piece.Part == Part.Hour) && pieces.Exists(piece => piece.Part == Part.Minute);
        HasSeconds = pieces.Exists(piece => piece.Part == Part.Second);
    }

    enum Part
    {
        Literal,
        Year,
        Month,
        MonthName,
        Day,
        Hour,
        Minute,
        Second,
    }

    [StructLayout(LayoutKind.Auto)]
    readonly record struct Piece(Part Part, byte Literal);

    public int Length { get; }

    public bool HasTime { get; }

    public bool HasSeconds { get; }

    /// <summary>The pattern, if it is of this kind.</summary>
    public static DigitPattern? Of(string pattern)
    {
        var read = new List<Piece>();
        var length = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            var one = pattern[at];
            if (one == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                if (end < 0 || pattern.AsSpan(at, end - at).ContainsAnyExceptInRange(' ', '~') || pattern.AsSpan(at, end - at).Contains('\\')) return null;
                while (++at < end) read.Add(new Piece(Part.Literal, (byte)pattern[at]));
                continue;
            }

            if ("/:- ".Contains(one, StringComparison.Ordinal))
            {
                read.Add(new Piece(Part.Literal, (byte)one));
                continue;
            }

            var count = 1;
            while (at + 1 < pattern.Length && pattern[at + 1] == one) (at, count) = (at + 1, count + 1);
            if (PartOf(one, count) is not { } part || read.Exists(piece => piece.Part == part)) return null;
            read.Add(new Piece(part, 0));
        }

        foreach (var piece in read) length += piece.Part switch { Part.Literal => 1, Part.Year => 4, Part.MonthName => 3, _ => 2 };
        var isWhole = read.Exists(piece => piece.Part == Part.Year) && read.Exists(piece => piece.Part == Part.Day)
            && read.Exists(piece => piece.Part == Part.Month) != read.Exists(piece => piece.Part == Part.MonthName);
        return isWhole && length <= MaxLength ? new DigitPattern(read, length) : null;
    }

    /// <summary>Reads a text that is written exactly so and exists; false for all others, right or wrong.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out Civil civil)
    {
        civil = default;
        if (text.Length != Length) return false;
        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, at = 0;
        foreach (ref readonly var piece in pieces.AsSpan())
        {
            switch (piece.Part)
            {
                case Part.Literal:
                    if (text[at++] != piece.Literal) return false;
                    break;
                case Part.Year: (year, at) = (Digits.Four(text[at..]), at + 4); break;
                case Part.Month: (month, at) = (Digits.Two(text[at..]), at + 2); break;
                case Part.MonthName: (month, at) = (NamedMonth(text[at..]), at + 3); break;
                case Part.Day: (day, at) = (Digits.Two(text[at..]), at + 2); break;
                case Part.Hour: (hour, at) = (Digits.Two(text[at..]), at + 2); break;
                case Part.Minute: (minute, at) = (Digits.Two(text[at..]), at + 2); break;
                default: (second, at) = (Digits.Two(text[at..]), at + 2); break;
            }
        }

        civil = new Civil(year, month, day, hour, minute, second);
        return civil.Exists;
    }

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void Write(in Civil civil, Span<byte> to)
    {
        var at = 0;
        foreach (ref readonly var piece in pieces.AsSpan())
        {
            switch (piece.Part)
            {
                case Part.Literal: to[at++] = piece.Literal; break;
                case Part.Year:
                    Digits.WriteFour(civil.Year, to[at..]);
                    at += 4;
                    break;
                case Part.MonthName:
                    MonthNames[civil.Month - 1].CopyTo(to[at..]);
                    at += 3;
                    break;
                default:
                    Digits.WriteTwo(piece.Part switch { Part.Month => civil.Month, Part.Day => civil.Day, Part.Hour => civil.Hour, Part.Minute => civil.Minute, _ => civil.Second }, to[at..]);
                    at += 2;
                    break;
            }
        }
    }

    static Part? PartOf(char one, int count) => (one, count) switch
    {
        ('y' or 'u', 4) => Part.Year,
        ('M', 2) => Part.Month,
        ('M', 3) => Part.MonthName,
        ('d', 2) => Part.Day,
        ('H', 2) => Part.Hour,
        ('m', 2) => Part.Minute,
        ('s', 2) => Part.Second,
        _ => null,
    };

    static int NamedMonth(ReadOnlySpan<byte> text)
    {
        for (var month = 0; month < MonthNames.Length; month++)
        {
            if (Ascii.EqualsIgnoreCase(text[..3], MonthNames[month])) return month + 1;
        }

        return 0;
    }
}
