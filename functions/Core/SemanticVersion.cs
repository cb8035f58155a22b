using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core;

/// <summary>A version by semver 2.0.0, without build metadata.</summary>
/// <param name="Major">What breaks.</param>
/// <param name="Minor">What is added.</param>
/// <param name="Patch">What means the same.</param>
/// <param name="Before">What makes it a version before that one (<c>rc.1</c>); empty if it is none.</param>
public readonly partial record struct SemanticVersion(int Major, int Minor, int Patch, string Before = "")
{
    /// <summary>The first version of what is published.</summary>
    public static SemanticVersion First { get; } = new(1, 0, 0);

    /// <summary>The version that a text is; null if it is none.</summary>
    public static SemanticVersion? Parse(string text) =>
        Form().Match(text) is { Success: true, Groups: var parts } ? new SemanticVersion(Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4].Value.TrimStart('-')) : null;

    /// <summary>The oldest first: numbers by number, words by letter, and what comes before a version before it.</summary>
    public static Comparer<SemanticVersion> OldestFirst { get; } = Comparer<SemanticVersion>.Create(Compare);

    static int Compare(SemanticVersion one, SemanticVersion other)
    {
        var numbers = (one.Major, one.Minor, one.Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0 || one.Before == other.Before) return numbers;
        if (one.Before.Length == 0 || other.Before.Length == 0) return one.Before.Length == 0 ? 1 : -1;
        var (left, right) = (one.Before.Split('.'), other.Before.Split('.'));
        for (var at = 0; at < Math.Min(left.Length, right.Length); at++)
            if (Compare(left[at], right[at]) is var part && part != 0) return part;
        return left.Length.CompareTo(right.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}{(Before.Length == 0 ? "" : "-" + Before)}");

    static int Compare(string left, string right) => (left.All(char.IsAsciiDigit), right.All(char.IsAsciiDigit)) switch
    {
        (true, true) => left.TrimStart('0').Length.CompareTo(right.TrimStart('0').Length) is var longer && longer != 0 ? longer : string.CompareOrdinal(left.TrimStart('0'), right.TrimStart('0')),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
