using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Storage.Sqlite;

namespace Interop.Platform.Tests.Rows;

public sealed class DayListTests : IAsyncLifetime, IDisposable
{
    static readonly OrganisationId Ours = new("northshire");
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Two days apart, two at the same instant, and one on either side of midnight.
    static readonly Listed[] Oldest =
    [
        new(Noon.AddDays(-40), "a"), new(Noon, "c"), new(Noon, "b"), new(Noon.AddHours(12).AddTicks(-1), "d"), new(Noon.AddHours(12), "e"), new(Noon.AddYears(1), "f"),
    ];

    readonly TemporaryFolder folder = new();
    SqliteStore store = null!;
    DayList list = null!;

    public static TheoryData<string, DateTimeOffset?, DateTimeOffset?, Listed?, int> Read { get; } = new()
    {
        { "fedbca", null, null, null, 10 },
        { "fed", null, null, null, 3 },
        { "bca", null, null, Oldest[3], 10 },
        { "ca", null, null, Oldest[2], 10 },
        { "a", null, null, Oldest[1], 10 },
        { "", null, null, Oldest[0], 10 },
        { "dbc", Noon, Noon.AddHours(12), null, 10 },
        { "c", Noon, Noon.AddHours(12), Oldest[2], 10 },
        { "fe", Noon.AddHours(12), null, null, 10 },
        { "edbca", null, Noon.AddYears(1), null, 10 },
        { "", Noon.AddDays(2), Noon.AddDays(3), null, 10 },
    };

    public async Task InitializeAsync()
    {
        store = SqliteStore.Open(folder.Path).Value;
        list = new DayList(store, "things");
        foreach (var item in Oldest) await list.Add(Ours, item, default);
        await list.Add(Ours, Oldest[0], default);
        await list.Add(new OrganisationId("southshire"), new Listed(Noon, "theirs"), default);
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Read))]
    public async Task Read_APartOfTheList_IsNewestFirst(string ids, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit)
    {
        var read = new List<string>();
        await foreach (var item in list.Read(Ours, from, before, after, limit, default)) read.Add(item.Id);

        // Things of one instant stand in the order of their ids.
        Assert.Equal(ids, string.Concat(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12.")]
    [InlineData("-1.a")]
    [InlineData("9999999999999999999.a")]
    public void Parse_WhatIsNoCursor_IsNone(string cursor) => Assert.Null(Listed.Parse(cursor));

    [Fact]
    public void Parse_ACursor_IsThePlace() => Assert.Equal(Oldest[3], Listed.Parse(Oldest[3].Cursor));
}
