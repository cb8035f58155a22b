namespace Interop.Core.Mapping.Checking;

/// <summary>Rows that hold every pair of levels of every two factors, as few as a greedy search finds. Always the same, never drawn by lot.</summary>
static class PairCover
{
    /// <summary>The rows, each with the level of every factor.</summary>
    /// <param name="counts">How many levels each factor has.</param>
    /// <param name="most">The most rows; pairs that are left then are not covered.</param>
    public static IEnumerable<int[]> Rows(IReadOnlyList<int> counts, int most)
    {
        if (counts.Count == 0) yield break;
        if (counts.Count == 1)
        {
            for (var level = 0; level < Math.Min(counts[0], most); level++) yield return [level];
            yield break;
        }

        var left = new HashSet<(int, int, int, int)>(
            from one in Enumerable.Range(0, counts.Count) from other in Enumerable.Range(one + 1, counts.Count - one - 1)
            from level in Enumerable.Range(0, counts[one]) from beside in Enumerable.Range(0, counts[other]) select (one, level, other, beside));
        for (var made = 0; made < most && left.Count > 0; made++)
        {
            var row = Row(counts, left);
            left.ExceptWith(from one in Enumerable.Range(0, row.Length) from other in Enumerable.Range(one + 1, row.Length - one - 1) select (one, row[one], other, row[other]));
            yield return row;
        }
    }

    // A pair that is left, and for every other factor the level that covers most of what is left with those that are chosen.
    static int[] Row(IReadOnlyList<int> counts, HashSet<(int One, int Level, int Other, int Beside)> left)
    {
        var row = new int[counts.Count];
        Array.Fill(row, -1);
        var first = left.Min();
        (row[first.One], row[first.Other]) = (first.Level, first.Beside);
        for (var at = 0; at < row.Length; at++)
            if (row[at] < 0) row[at] = Enumerable.Range(0, counts[at]).MaxBy(level => Enumerable.Range(0, row.Length).Count(other => row[other] >= 0 && left.Contains(at < other ? (at, level, other, row[other]) : (other, row[other], at, level))));
        return row;
    }
}
