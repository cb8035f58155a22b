using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Json;

/// <summary>A list that shares what did not change does what a copied list does, and leaves every earlier version alone.</summary>
public sealed class SharedListTests
{
    // Around the borders of leaves (32) and of trees one and two levels high (1,024 + 32 and 32,768 + 32).
    public static TheoryData<int> Sizes => [0, 1, 31, 32, 33, 64, 1_023, 1_024, 1_055, 1_056, 1_057, 1_089, 32_800, 33_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_list_of_items_and_one_grown_item_by_item_hold_the_same(int size)
    {
        var items = Enumerable.Range(0, size).ToArray();
        var grown = SharedList<int>.Of([]);
        foreach (var item in items) grown = grown.Plus(item);
        foreach (var list in new[] { SharedList<int>.Of(items), grown })
        {
            Assert.Equal(size, list.Count);
            Assert.Equal(items, list);
            Assert.Equal(items, Enumerable.Range(0, size).Select(at => list[at]));
        }
    }

    [Fact]
    public void Changes_in_any_order_leave_earlier_versions_alone() =>
        Gen.Select(Gen.Int[0, 1_200], Gen.Select(Gen.Bool, Gen.Int[0, 100_000]).Array[0, 60]).Hold(
            (size, changes) =>
            {
                var expected = Enumerable.Range(0, size).ToList();
                var list = SharedList<int>.Of(expected.ToArray());
                var versions = new List<(SharedList<int> List, int[] Expected)>();
                foreach (var (grow, number) in changes)
                {
                    versions.Add((list, [.. expected]));
                    if (grow || expected.Count == 0)
                    {
                        expected.Add(number);
                        list = list.Plus(number);
                    }
                    else
                    {
                        expected[number % expected.Count] = -number;
                        list = list.With(number % expected.Count, -number);
                    }
                }

                versions.Add((list, [.. expected]));
                foreach (var version in versions) Assert.Equal(version.Expected, version.List);
            },
            everyTime: 300);

    [Fact]
    public void An_object_with_many_members_keeps_their_order_and_earlier_versions()
    {
        var start = JsonValue.Of(Enumerable.Range(0, 40).Select(i => KeyValuePair.Create($"k{i}", JsonValue.Of(i))));
        var changed = start.With("k3", "new").With("last", true).With("k3", "newer");
        Assert.Equal(3, start["k3"].AsNumber());
        Assert.False(start.TryGet("last", out _));
        Assert.Equal("newer", changed["k3"].AsString());
        Assert.Equal([.. Enumerable.Range(0, 40).Select(i => $"k{i}"), "last"], changed.Members.Select(member => member.Key));
        Assert.Equal(40, changed.Without("k3").Count);
        Assert.Equal(changed, JsonValue.Parse(changed.ToString()).Value);
    }
}
