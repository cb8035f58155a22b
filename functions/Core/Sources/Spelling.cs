namespace Interop.Core.Sources;

/// <summary>Finds what an author may have meant.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to a word, if it is within a third of the word's length (at least 1, at most 3 edits).</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var furthest = Math.Clamp(word.Length / 3, 1, 3);
        return candidates

            // It takes at least as many edits as one is longer than the other.
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= furthest)
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= furthest)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance, case ignored; two neighbours exchanged ("nmae") count as one edit, since that is the commonest slip.
    static int Distance(string left, string right)
    {
        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            (before, last, row) = (last, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[b.Length];
    }
}
