using System.Runtime.InteropServices;
using System.Text;

namespace Interop.Core.Formats;

/// <summary>How far a file has been read, as a byte and as an editor counts.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Position(long Offset, int Line, int Column)
{
    public static Position Start => new(0, 1, 1);

    public Position After(ReadOnlySpan<byte> bytes)
    {
        var lastLine = bytes.LastIndexOf((byte)'\n') + 1;
        return lastLine == 0
            ? new Position(Offset + bytes.Length, Line, (int)Math.Min(int.MaxValue, (long)Column + Characters(bytes)))
            : new Position(Offset + bytes.Length, (int)Math.Min(int.MaxValue, (long)Line + bytes.Count((byte)'\n')), Characters(bytes[lastLine..]) + 1);
    }

    /// <summary>A problem told of bytes that begin here, told of the file.</summary>
    public Problem Tell(Problem problem)
    {
        var place = problem.Place ?? new Place("", 1, 1);
        return problem with
        {
            Offset = Offset + (problem.Offset ?? 0),
            Place = place with { Line = Sum(Line, place.Line), Column = place.Line == 1 ? Sum(Column, place.Column) : place.Column },
        };
    }

    // As an editor counts, but byte by byte: a piece may end within a character.
    static int Characters(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8)) return utf8.Length;
        var count = 0;
        foreach (var one in utf8) count += one >= 0xF0 ? 2 : (one & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }

    static int Sum(int start, int within) => (int)Math.Min(int.MaxValue, (long)start + within - 1);
}
