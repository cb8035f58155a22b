using CsCheck;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

public sealed class PairCoverTests
{
    static readonly Gen<int[]> Counts = Gen.Int[1, 4].Array[1, 7];

    [Fact]
    public void Every_pair_of_levels_stands_in_a_row() => Counts.Hold(counts =>
    {
        var rows = PairCover.Rows(counts, [], 200);
        Assert.All(rows, row => Assert.All(row.Zip(counts), one => Assert.InRange(one.First, 0, one.Second - 1)));
        for (var one = 0; one < counts.Length; one++)
            for (var other = 0; other < counts.Length; other++)
                foreach (var (level, beside) in from level in Enumerable.Range(0, counts[one]) from beside in Enumerable.Range(0, counts[other]) where one != other || level == beside select (level, beside))
                    Assert.Contains(rows, row => row[one] == level && row[other] == beside);
    });

    [Fact]
    public void Rows_are_far_fewer_than_all_levels_of_all() => Assert.InRange(PairCover.Rows([3, 3, 3, 3, 3, 3], [], 200).Count, 9, 20);

    [Fact]
    public void What_is_wanted_together_stands_in_a_row() => Gen.Select(Counts, Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 6]).Hold((counts, one, other, third) =>
    {
        var together = new[] { one, other, third }.Select(at => at % counts.Length).Distinct().ToArray();
        var wanted = PairCover.All(counts, together).ToList();
        var rows = PairCover.Rows(counts, wanted, 400);
        Assert.All(wanted, some => Assert.Contains(rows, row => some.All(level => row[level.Factor] == level.Level)));
    });

    [Fact]
    public void There_are_no_more_rows_than_asked_for() => Assert.Equal(5, PairCover.Rows([4, 4, 4], [], 5).Count);
}
