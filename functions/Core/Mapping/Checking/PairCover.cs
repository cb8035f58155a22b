namespace Interop.Core.Mapping.Checking;

/// <summary>Rows that hold every pair of levels of every two factors, as few as a greedy search finds. Always the same, never drawn by lot.</summary>
static class PairCover
{
    /// <summary>The rows, each with the level of every factor.</summary>
    /// <param name="counts">How many levels each factor has.</param>
    /// <param name="wanted">What besides pairs must stand in one row: some factors, each with its level.</param>
    /// <param name="most">The most rows; what is left then is not covered.</param>
    public static List<int[]> Rows(IReadOnlyList<int> counts, IEnumerable<(int Factor, int Level)[]> wanted, int most)
    {
        var rows = new List<int[]>();
        if (counts.Count == 0) return rows;
        var left = new HashSet<(int, int, int, int)>(
            from one in Enumerable.Range(0, counts.Count) from other in Enumerable.Range(one + 1, counts.Count - one - 1)
            from level in Enumerable.Range(0, counts[one]) from beside in Enumerable.Range(0, counts[other]) select (one, level, other, beside));

        // Each level stands in one of the first rows, whatever there is no room for.
        for (var at = 0; at < counts.Max() && rows.Count < most; at++) Add(rows, counts, left, [.. counts.Select((count, factor) => (factor, at % count))]);
        while (rows.Count < most && left.Count > 0)
        {
            var first = left.Min();
            Add(rows, counts, left, [(first.Item1, first.Item2), (first.Item3, first.Item4)]);
        }

        foreach (var some in wanted)
            if (rows.Count < most && !rows.Exists(row => Array.TrueForAll(some, one => row[one.Factor] == one.Level))) Add(rows, counts, left, some);
        return rows;
    }

    // What is wanted, and for every other factor the level that covers most of what is left with those that are chosen.
    static void Add(List<int[]> rows, IReadOnlyList<int> counts, HashSet<(int, int, int, int)> left, (int Factor, int Level)[] wanted)
    {
        var row = new int[counts.Count];
        Array.Fill(row, -1);
        foreach (var (factor, level) in wanted) row[factor] = level;
        for (var at = 0; at < row.Length; at++)
            if (row[at] < 0) row[at] = Enumerable.Range(0, counts[at]).MaxBy(level => Enumerable.Range(0, row.Length).Count(other => row[other] >= 0 && left.Contains(at < other ? (at, level, other, row[other]) : (other, row[other], at, level))));
        left.ExceptWith(from one in Enumerable.Range(0, row.Length) from other in Enumerable.Range(one + 1, row.Length - one - 1) select (one, row[one], other, row[other]));
        rows.Add(row);
    }

    /// <summary>All levels of some factors together.</summary>
    public static IEnumerable<(int Factor, int Level)[]> All(IReadOnlyList<int> counts, ReadOnlyMemory<int> factors) =>
        factors.IsEmpty ? [[]] : from level in Enumerable.Range(0, counts[factors.Span[0]]) from rest in All(counts, factors[1..]) select ((int, int)[])[(factors.Span[0], level), .. rest];
}
