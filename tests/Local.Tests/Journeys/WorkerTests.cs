using System.Globalization;
using Interop.Platform.Schedules;
using Interop.Platform.Storage;

namespace Interop.Local.Tests.Journeys;

/// <summary>The worker takes what is due, however much of what is due must rest.</summary>
public sealed class WorkerTests
{
    // More than one look reads ahead.
    const int Resting = 1_500;

    [Fact]
    public async Task Row_DueAfterManyThatFailAndRest_IsDone()
    {
        await using var platform = await TestPlatform.Start();
        var store = RunWorld.Store(platform);
        var now = TimeProvider.System.GetUtcNow();
        var failing = PartitionKey.Of("northshire", "of-no-known-kind");
        foreach (var rows in Enumerable.Range(0, Resting).Chunk(100))
            await store.Commit(failing, [.. rows.Select(row => new Change.Insert(row.ToString(CultureInfo.InvariantCulture), default, now.AddHours(-1)))], CancellationToken.None);

        // A schedule whose workflow is gone is taken out when it is due.
        var (partition, key) = (PartitionKey.Of("northshire", ScheduleBook.PartitionPart), RowKey.Of(ScheduleBook.NextPart, "gone"));
        await store.Commit(partition, [new Change.Insert(key, "{}"u8.ToArray(), now)], CancellationToken.None);

        await RunWorld.Eventually("the later row is done", async () => await store.Read(partition, key, CancellationToken.None) is null ? "done" : null);
    }
}
