namespace Interop.Core.Messages;

/// <summary>Pairs two lists so that as many as can be are paired (augmenting paths). A greedy choice could leave one over, and a repeated record would then add a person.</summary>
static class Matching
{
    /// <summary>For each of the left its partner on the right, or -1.</summary>
    public static int[] Largest(int left, int right, Func<int, int, bool> fits)
    {
        var leftOf = Enumerable.Repeat(-1, right).ToArray();
        for (var one = 0; one < left; one++) Pair(one, new bool[right]);

        var partners = Enumerable.Repeat(-1, left).ToArray();
        for (var other = 0; other < right; other++)
            if (leftOf[other] >= 0) partners[leftOf[other]] = other;
        return partners;

        bool Pair(int one, bool[] tried)
        {
            for (var other = 0; other < right; other++)
            {
                if (tried[other] || !fits(one, other)) continue;
                tried[other] = true;
                if (leftOf[other] >= 0 && !Pair(leftOf[other], tried)) continue;
                leftOf[other] = one;
                return true;
            }

            return false;
        }
    }
}
