using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// A <c>pattern</c> that is a plain sequence of ASCII classes with counts, anchored at both ends, such as <c>^[A-Z]{2}[0-9]{4,6}$</c>, and where a class that may
/// repeat shares no character with what can follow it: then taking as many as there are is always right and nothing need be tried twice.
/// </summary>
sealed record BytePattern : TextTest
{
    const int MaxCount = 10_000;

    readonly Part[] parts;

    BytePattern(string text, Part[] parts)
        : base(KeyOf(text)) => this.parts = parts;

    [StructLayout(LayoutKind.Auto)]
    readonly record struct Part(UInt128 Class, int Least, int Most)
    {
        readonly ulong low = (ulong)(Class & ulong.MaxValue);
        readonly ulong high = (ulong)(Class >> 64);

        public bool Has(byte one) => one < 128 && ((one < 64 ? low : high) >> (one & 63) & 1) != 0;
    }

    /// <summary>The test of any pattern; one that is not plain runs as a regular expression.</summary>
    public static TextTest Of(string text) => Parse(text) is { } parts && IsDeterministic(parts) ? new BytePattern(text, [.. parts]) : new RegularPattern(text, SchemaPattern.Compile(text, out _)!);

    public override bool Accepts(ReadOnlySpan<byte> text)
    {
        var at = 0;
        foreach (ref readonly var part in parts.AsSpan())
        {
            var most = Math.Min(text.Length - at, part.Most);
            var count = 0;
            while (count < most && part.Has(text[at + count])) count++;
            if (count < part.Least) return false;
            at += count;
        }

        return at == text.Length;
    }

    static string KeyOf(string text) => $"pattern {text}";

    static bool IsDeterministic(List<Part> parts)
    {
        for (var at = 0; at < parts.Count; at++)
        {
            for (var after = at + 1; parts[at].Least != parts[at].Most && after < parts.Count; after++)
            {
                if ((parts[at].Class & parts[after].Class) != 0) return false;
                if (parts[after].Least > 0) break;
            }
        }

        return true;
    }

    static List<Part>? Parse(string text)
    {
        if (text.Length < 2 || text[0] != '^' || text[^1] != '$' || (text.Length > 2 && text[^2] == '\\')) return null;
        var rest = text.AsSpan(1, text.Length - 2);
        var read = new List<Part>();
        while (!rest.IsEmpty)
        {
            if (Class(ref rest) is not { } one || Count(ref rest) is not var (least, most)) return null;
            read.Add(new Part(one, least, most));
        }

        return read;
    }

    static UInt128? Class(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != '[') return Single(ref rest);
        var end = rest.IndexOf(']');
        if (end < 2 || rest[1] == '^' || rest[1..end].IndexOfAny('[', '\\') >= 0) return null;
        var inside = rest[1..end];
        rest = rest[(end + 1)..];
        UInt128 all = 0;
        for (var at = 0; at < inside.Length; at++)
        {
            var (from, to) = (inside[at], inside[at]);
            if (at + 2 < inside.Length && inside[at + 1] == '-') (to, at) = (inside[at + 2], at + 2);
            if (to >= 128 || from > to) return null;
            for (var one = from; one <= to; one++) all |= (UInt128)1 << one;
        }

        return all;
    }

    static UInt128? Single(ref ReadOnlySpan<char> rest)
    {
        var isEscaped = rest[0] == '\\' && rest.Length > 1;
        var one = rest[isEscaped ? 1 : 0];
        rest = rest[(isEscaped ? 2 : 1)..];
        if (isEscaped && one == 'd') return (UInt128)0x3FF << '0';
        var isLiteral = isEscaped ? char.IsAsciiLetterOrDigit(one) == false && one < 128 : char.IsAsciiLetterOrDigit(one) || " -/:,'@#%&=_".Contains(one, StringComparison.Ordinal);
        return isLiteral ? (UInt128)1 << one : null;
    }

    static (int Least, int Most)? Count(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('{' or '?' or '+' or '*')) return (1, 1);
        var word = rest[0];
        var end = word == '{' ? rest.IndexOf('}') : 0;
        if (end < 0) return null;
        var inside = word == '{' ? rest[1..end].ToString().Split(',') : [];
        rest = rest[(end + 1)..];
        if (!rest.IsEmpty && rest[0] is '?' or '+' or '*' or '{') return null;
        if (word != '{') return (word == '+' ? 1 : 0, word == '?' ? 1 : int.MaxValue);
        if (!int.TryParse(inside[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least) || least > MaxCount || inside.Length > 2) return null;
        if (inside.Length == 1) return (least, least);
        if (inside[1].Length == 0) return (least, int.MaxValue);
        return int.TryParse(inside[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is <= MaxCount && most >= least ? (least, most) : null;
    }
}

/// <summary>Any other pattern, over the text's characters.</summary>
sealed record RegularPattern(string Text, SchemaPattern Pattern) : TextTest($"pattern {Text}")
{
    const int MaxOnStack = 512;

    public override bool Accepts(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxOnStack) return Pattern.Matches(Encoding.UTF8.GetString(text));
        Span<char> characters = stackalloc char[text.Length];
        return Pattern.Matches(characters[..Encoding.UTF8.GetChars(text, characters)]);
    }
}
