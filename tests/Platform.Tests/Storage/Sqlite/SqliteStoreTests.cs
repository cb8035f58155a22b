using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>The contract, kept by the store on disk.</summary>
public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    SqliteStore? store;

    public override async Task DisposeAsync()
    {
        if (store is not null) await store.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Due_OfRowsThatAreDone_ReadsNoneOfThem()
    {
        await Done(Store, Partition, new Change.Insert("row", Bytes("row"), Noon));
        await store!.DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={Directory.GetFiles(folder.Path, "*.db").Single()}");
        connection.Open();
        using var plan = connection.CreateCommand();
        plan.CommandText = $"EXPLAIN QUERY PLAN {SqliteReader.DueRows}";
        for (var place = 1; place <= 5; place++) plan.Parameters.AddWithValue($"?{place}", 0);
        using var rows = plan.ExecuteReader();
        var steps = new List<string>();
        while (rows.Read()) steps.Add(rows.GetString(3));
        Assert.StartsWith("SEARCH entry USING INDEX entry_due ", Assert.Single(steps), StringComparison.Ordinal);
    }

    protected override ValueTask<IStore> Create() => new(store = SqliteStore.Open(folder.Path, null, Fault.Before, Fault.After).Value);

    protected override async ValueTask<IStore> Reopen(IStore store)
    {
        await ((SqliteStore)store).DisposeAsync();
        return await Create();
    }
}
