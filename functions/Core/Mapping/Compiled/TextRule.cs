namespace Interop.Core.Mapping.Compiled;

/// <summary>A test of a text that has an own form; see <see cref="TextRule"/>.</summary>
/// <param name="Key">Two tests of one key accept the same.</param>
abstract record TextTest(string Key)
{
    public abstract bool Accepts(ReadOnlySpan<byte> text);
}

/// <summary>What a schema says of texts: lengths in code points, the texts allowed, patterns and formats. Over UTF-8 that is known to be valid.</summary>
sealed class TextRule
{
    readonly int least;
    readonly int most;
    readonly TextTable? allowed;
    readonly TextTest[] tests;

    public TextRule(int least, int most, TextTable? allowed, TextTest[] tests) => (this.least, this.most, this.allowed, this.tests) = (least, most, allowed, tests);

    public static TextRule None { get; } = new(0, int.MaxValue, null, []);

    public bool IsNone => least == 0 && most == int.MaxValue && allowed is null && tests.Length == 0;

    /// <param name="text">The text, unescaped.</param>
    /// <param name="isPlain">Whether it is known to be ASCII.</param>
    public bool Accepts(ReadOnlySpan<byte> text, bool isPlain)
    {
        if (least > 0 || most < int.MaxValue)
        {
            var length = isPlain ? text.Length : CodePoints(text);
            if (length < least || length > most) return false;
        }

        if (allowed is not null && allowed.IndexOf(text) < 0) return false;
        foreach (var test in tests)
        {
            if (!test.Accepts(text)) return false;
        }

        return true;
    }

    /// <summary>What is left to test of a text that keeps the other rule already.</summary>
    public TextRule Beyond(TextRule kept)
    {
        var lengthIsKept = kept.LengthsWithin(least, most);
        var allowedIsKept = allowed is null || (kept.allowed is { } theirs && Enumerable.Range(0, theirs.Count).All(at => allowed.IndexOf(theirs[at]) >= 0));
        var left = new TextRule(lengthIsKept ? 0 : least, lengthIsKept ? int.MaxValue : most, allowedIsKept ? null : allowed, [.. tests.Where(test => !kept.tests.Contains(test))]);
        return left.IsNone ? None : left;
    }

    /// <summary>What is left to test of a text that a converter has written in that format, in ASCII and of so many characters.</summary>
    public TextRule Beyond(string format, int length)
    {
        var left = new TextRule(length >= least && length <= most ? 0 : least, length >= least && length <= most ? int.MaxValue : most, allowed, [.. tests.Where(test => test.Key != FormatTest.KeyOf(format))]);
        return left.IsNone ? None : left;
    }

    bool LengthsWithin(int from, int to) => least >= from && most <= to;

    static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var one in text)
        {
            if ((one & 0xC0) != 0x80) count++;
        }

        return count;
    }
}
