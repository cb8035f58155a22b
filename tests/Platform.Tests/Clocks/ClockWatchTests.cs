using Interop.Core.Clocks;
using Interop.Core.Messages;
using Interop.Platform.Clocks;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Tests.Intake;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Clocks;

/// <summary>Time limits that pass are told once: to the host, and to the runs about the incident.</summary>
public sealed class ClockWatchTests : IAsyncLifetime
{
    // A run begins with the breach, so that it can be seen to have been told.
    const string Listening = "document: { dsl: '1.0.3', namespace: tests, name: told, version: '1.0.0' }\nschedule: { on: { one: { with: { type: clock.breached } } } }\ndo: [ { rest: { wait: { days: 1 } } } ]";

    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly CancellationToken None = CancellationToken.None;

    // The arrest of the example was on Thursday 2 April 2026, before Easter; the limit ends with Monday 13 April.
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 4, 2, 18, 0, 0, TimeSpan.Zero));
    IdlePlatform platform = null!;
    SubjectId subject;

    SubjectStore Subjects => platform.Get<SubjectStore>();

    public async Task InitializeAsync()
    {
        platform = await IdlePlatform.Start(Listening, clock);
        await platform.Take("online-contact", "incident-report", "report", Carried.Example("online-contact-incident-report", "burglary.source.json"));
        await platform.Sweep();
        var references = platform.Get<ReferenceIndex>();
        subject = Assert.Single(await references.Find(Force, [new Reference("online-report", "NSH-1-26-0417-000")], None));
        await references.Point(Force, [new Reference("crime", "NS/0104412/26")], subject, None);
        await platform.Take("rms", "status-event", "arrest", Carried.Example("rms-status-event", "suspect-arrested.source.json"));
        await platform.Sweep();
        Assert.Single(await Subjects.Clocks(Force, subject, None));
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Limit_ThatPasses_IsToldOnce()
    {
        Assert.Empty(await Look());
        clock.Advance(TimeSpan.FromDays(12));
        var breach = Assert.Single(await Look());
        Assert.Equal((Force, "right-6-suspect.suspect-arrested", subject.Value), (breach.Organisation, breach.Rule, breach.Subject));
        Assert.InRange(breach.At, new DateTimeOffset(2026, 4, 7, 0, 0, 0, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Equal(breach.At, Assert.Single(await Subjects.Clocks(Force, subject, None)).AlertedAt);
        Assert.Equal(1, await Told());
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Look());
        Assert.Equal(1, await Told());
    }

    [Fact]
    public async Task Limit_ThatWasMet_IsNotTold()
    {
        await Happened(new ClockEvent.UpdateSent(clock.GetUtcNow(), "update"));
        await Happened(new ClockEvent.UpdateDelivered(clock.GetUtcNow(), "update"));
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await Look());
        Assert.Equal(0, await Told());
    }

    [Fact]
    public async Task Limit_MetByWhatDidNotArrive_IsToldWhenThatIsKnown()
    {
        await Happened(new ClockEvent.UpdateSent(clock.GetUtcNow(), "update"));
        clock.Advance(TimeSpan.FromDays(12));
        Assert.Empty(await Look());
        await Happened(new ClockEvent.UpdateFailed(clock.GetUtcNow(), "update"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(await Look());
        Assert.Equal(1, await Told());
    }

    [Fact]
    public async Task Breach_ToldBeforeACrash_ComesToARunOnce()
    {
        clock.Advance(TimeSpan.FromDays(12));
        platform.Store.Before = (_, changes) => changes.Any(change => change.Key.StartsWith("clock|", StringComparison.Ordinal)) ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(Look);
        platform.Store.Before = (_, _) => Task.CompletedTask;
        Assert.Single(await Look());
        Assert.Equal(1, await Told());
        Assert.Empty(await Look());
    }

    async Task<List<ClockBreach>> Look()
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<ClockBreach>();
        await platform.Get<ClockSweep>().Look(told.Enqueue, None);
        return [.. told];
    }

    Task Happened(ClockEvent happened) => Subjects.TellClocks(Force, subject, _ => true, happened, None);

    async Task<int> Told() => (await Subjects.Runs(Force, subject, None)).Count(run => run.Workflow == "told");
}
