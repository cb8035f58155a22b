namespace Interop.Core.Sources;

/// <summary>Finds what an author may have meant.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to a word, if it is within a third of the word's length (at least 1, at most 3 edits).</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var furthest = Math.Clamp(word.Length / 3, 1, 3);
        return candidates
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= furthest)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance, case ignored, one row at a time.
    static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
