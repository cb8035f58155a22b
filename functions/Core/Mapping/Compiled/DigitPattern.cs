using System.Runtime.InteropServices;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A date or date and time pattern of fixed length: <c>yyyy MM MMM dd HH mm ss</c> once each and literals between them, such as <c>dd/MM/yyyy HH:mm</c>.</summary>
sealed class DigitPattern
{
    const int MaxLength = 64;

    // In the invariant culture, as NodaTime writes them; in any case when read.
    static readonly byte[][] MonthNames = [.. "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ').Select(Encoding.ASCII.GetBytes)];

    readonly (int At, byte Byte)[] literals;

    // Where each part stands; below zero for one that the pattern has not.
    readonly int year, month, monthName, day, hour, minute, second;

    DigitPattern(List<Piece> pieces)
    {
        literals = [.. pieces.Where(piece => piece.Part == Part.Literal).Select(piece => (piece.At, piece.Literal))];
        (year, month, monthName, day) = (At(Part.Year), At(Part.Month), At(Part.MonthName), At(Part.Day));
        (hour, minute, second) = (At(Part.Hour), At(Part.Minute), At(Part.Second));
        Length = EndOf(pieces);

        int At(Part part) => pieces.Find(piece => piece.Part == part) is { Part: not Part.Literal } found ? found.At : -1;
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
    readonly record struct Piece(Part Part, int At, byte Literal)
    {
        public int End => At + (Part switch { Part.Literal => 1, Part.Year => 4, Part.MonthName => 3, _ => 2 });
    }

    public int Length { get; }

    public bool HasTime => hour >= 0 && minute >= 0;

    public bool HasSeconds => second >= 0;

    /// <summary>The pattern, if it is of this kind.</summary>
    public static DigitPattern? Of(string pattern)
    {
        var read = new List<Piece>();
        for (var at = 0; at < pattern.Length; at++)
        {
            var one = pattern[at];
            if (one == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                if (end < 0 || pattern.AsSpan(at, end - at).ContainsAnyExceptInRange(' ', '~') || pattern.AsSpan(at, end - at).Contains('\\')) return null;
                while (++at < end) read.Add(new Piece(Part.Literal, EndOf(read), (byte)pattern[at]));
                continue;
            }

            if ("/:- ".Contains(one, StringComparison.Ordinal))
            {
                read.Add(new Piece(Part.Literal, EndOf(read), (byte)one));
                continue;
            }

            var count = 1;
            while (at + 1 < pattern.Length && pattern[at + 1] == one) (at, count) = (at + 1, count + 1);
            if (PartOf(one, count) is not { } part || read.Exists(piece => piece.Part == part)) return null;
            read.Add(new Piece(part, EndOf(read), 0));
        }

        var isWhole = read.Exists(piece => piece.Part == Part.Year) && read.Exists(piece => piece.Part == Part.Day)
            && read.Exists(piece => piece.Part == Part.Month) != read.Exists(piece => piece.Part == Part.MonthName);
        return isWhole && EndOf(read) <= MaxLength ? new DigitPattern(read) : null;
    }

    /// <summary>Reads a text that is written exactly so and exists; false for all others, right or wrong.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out Civil civil)
    {
        civil = default;
        if (text.Length != Length) return false;
        foreach (var (at, literal) in literals)
        {
            if (text[at] != literal) return false;
        }

        civil = new Civil(
            Digits.Four(text[year..]), month < 0 ? NamedMonth(text[monthName..]) : Digits.Two(text[month..]), Digits.Two(text[day..]),
            hour < 0 ? 0 : Digits.Two(text[hour..]), minute < 0 ? 0 : Digits.Two(text[minute..]), second < 0 ? 0 : Digits.Two(text[second..]));
        return civil.Exists;
    }

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void Write(in Civil civil, Span<byte> to)
    {
        foreach (var (at, literal) in literals) to[at] = literal;
        Digits.WriteFour(civil.Year, to[year..]);
        if (month < 0) MonthNames[civil.Month - 1].CopyTo(to[monthName..]);
        else Digits.WriteTwo(civil.Month, to[month..]);
        Digits.WriteTwo(civil.Day, to[day..]);
        if (hour >= 0) Digits.WriteTwo(civil.Hour, to[hour..]);
        if (minute >= 0) Digits.WriteTwo(civil.Minute, to[minute..]);
        if (second >= 0) Digits.WriteTwo(civil.Second, to[second..]);
    }

    static int EndOf(List<Piece> pieces) => pieces.Count == 0 ? 0 : pieces[^1].End;

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
        for (var named = 0; named < MonthNames.Length; named++)
        {
            if (Ascii.EqualsIgnoreCase(text[..3], MonthNames[named])) return named + 1;
        }

        return 0;
    }
}
