using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Audit;

/// <summary>However often somebody is refused, the log grows by a bounded number of lines, and says how many it left out.</summary>
public sealed class RefusalLogTests : IAsyncLifetime
{
    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly AuditActor Caller = new(AuditActorKind.Unknown, "rms");

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    IdlePlatform platform = null!;

    public async Task InitializeAsync() => platform = await IdlePlatform.Start(clock: clock);

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Refusals_BeyondTheFirst_AreOneLineAtTheWindowsEnd()
    {
        await Refuse(RefusalLog.MostLines + 13);
        Assert.Equal(RefusalLog.MostLines, (await Lines()).Length);
        await Close();
        Assert.Equal(RefusalLog.MostLines, (await Lines()).Length);

        clock.Advance(RefusalLog.Window);
        await Close();
        await Close();

        var lines = await Lines();
        Assert.Equal(RefusalLog.MostLines + 1, lines.Length);
        Assert.Equal("13 more were refused from 2026-03-01 09:00:00Z on, within 10 minutes", lines[^1].Data.Why);
    }

    [Fact]
    public async Task Refusals_OfTheNextWindow_HaveLinesOfTheirOwn()
    {
        await Refuse(RefusalLog.MostLines + 3);
        clock.Advance(RefusalLog.Window);
        await Refuse(2);
        await Close();
        Assert.Equal("3 more were refused from 2026-03-01 09:00:00Z on, within 10 minutes", (await Lines())[^1].Data.Why);
        Assert.Equal(RefusalLog.MostLines + 3, (await Lines()).Length);
    }

    [Fact]
    public async Task Refusals_OfOneSource_LeaveRoomForAnother()
    {
        await Refuse(RefusalLog.MostLines + 5);
        await platform.Get<RefusalLog>().Refused(Force, Caller with { Id = "online-contact" }, "the key is wrong", CancellationToken.None);
        Assert.Equal("online-contact", (await Lines())[^1].Data.Who.Id);
    }

    async Task Refuse(int times)
    {
        for (var time = 0; time < times; time++) await platform.Get<RefusalLog>().Refused(Force, Caller, "the signature is wrong", CancellationToken.None);
    }

    async Task Close()
    {
        var partition = PartitionKey.Of(Force.Value, RefusalLog.PartitionPart);
        await foreach (var row in platform.Store.Range(partition, "", null, 10, CancellationToken.None))
            Assert.Same(WorkOutcome.Finished, await platform.Get<WorkPerformer>().Perform(new WorkItem(partition, row.Key, IsFresh: false), CancellationToken.None));
    }

    async Task<AuditEntry[]> Lines() =>
        [.. (await platform.Get<AuditLog>().OfDay(Force, new DateOnly(2026, 3, 1), 1_000, CancellationToken.None)).Where(line => line.Data.Operation == AuditOperation.RefusedAccess)];
}
