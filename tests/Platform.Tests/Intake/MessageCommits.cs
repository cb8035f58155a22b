using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Tests.Intake;

/// <summary>The commits that a message takes, on every store: how many they are, and that the sweep repairs what the loss of any of them, or of its answer, left undone.</summary>
public abstract class MessageCommits : IAsyncLifetime
{
    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly CancellationToken None = CancellationToken.None;
    static readonly Reference Crime = new("crime", "NS/0104412/26");

    static readonly string Report = Carried.Example("online-contact-incident-report", "burglary.source.json");
    static readonly string Log = Carried.Example("command-and-control-attendance", "attended.source.xml");
    static readonly string Event = Carried.Example("rms-status-event", "suspect-arrested.source.json");

    // Several at once, since a store in an account takes its time for each call.
    const int AtOnce = 6;

    /// <summary>A store that nobody else has, and what it must be closed with.</summary>
    protected abstract ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Message_OfAKnownIncident_TakesThreeCommits_AndOneThatBeginsOneToo()
    {
        var (store, closing) = await Create();
        await using var _ = closing;
        // The second message does not come on another day than the first.
        await using var platform = await IdlePlatform.Start(clock: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow()), store: store);
        var commits = new List<string>();
        platform.Store.After = (partition, changes) =>
        {
            var name = PartitionKey.Split(partition)[1];
            commits.Add(name);

            // In a storage account each commit that sets a due time costs one more.
            Assert.True(name is "run" || changes.All(change => change is Change.Insert { Due: null } or Change.Replace { Due: null } or Change.Upsert { Due: null } or Change.Delete), name);
            return Task.CompletedTask;
        };
        await platform.Take("online-contact", "incident-report", "one", Report);
        await platform.Sweep();

        // The first line of a day names the day and moves the anchor; the rest is the start of its run.
        Assert.Equal(["audit", "audit-anchor", "audit-days", "message", "open-runs", "run", "run", "runs", "runs-days", "subject", "subject"], commits.Order(StringComparer.Ordinal));
        commits.Clear();
        await platform.Take("online-contact", "incident-report", "two", Report);
        await platform.Sweep();
        Assert.Equal(["message", "subject", "run", "audit"], commits);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_WhicheverCommitFails_EndAsTheyWouldHaveEnded(bool isMade)
    {
        var (expected, commits) = await Play(int.MaxValue, isMade);
        var wrong = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, commits), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (nth, _) =>
        {
            var (standing, _) = await Play(nth, isMade);
            lock (wrong)
                if (standing != expected) wrong.Add($"After the failure of commit {nth} of {commits}:\n{standing}");
        });
        Assert.True(wrong.Count == 0, $"{string.Join("\n\n", wrong)}\n\nWithout:\n{expected}");
    }

    // A lost session lets two instances work for one organisation at once. Whichever commit of the one the other comes before, it ends as if they had come one after the other.
    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Messages_OfOneIncident_OnTwoInstancesAtOnce_EndAsOneAfterTheOther(bool isMerge, bool isSame)
    {
        var (after, commits) = await Together(int.MaxValue, isMerge, isSame);
        var (before, _) = await Together(1, isMerge, isSame);
        if (isSame) Assert.Equal(after, before);
        var wrong = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(2, commits - 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (nth, _) =>
        {
            var (standing, _) = await Together(nth, isMerge, isSame);
            lock (wrong)
                if (standing != after && standing != before) wrong.Add($"Before commit {nth} of {commits}:\n{standing}");
        });
        Assert.True(wrong.Count == 0, $"{string.Join("\n\n", wrong)}\n\nAfter:\n{after}\n\nBefore:\n{before}");
    }

    // Two incidents are one, as a log says that names both; or a log comes twice. The other instance takes what the log's system says next, or the same log.
    async Task<(string Standing, int Commits)> Together(int nth, bool isMerge, bool isSame)
    {
        var (store, closing) = await Create();
        await using var _ = closing;
        await using var one = await IdlePlatform.Start(store: store);
        await using var two = await IdlePlatform.Start(store: store);
        var (begin, end) = (Log.IndexOf("  <XRef>", StringComparison.Ordinal), Log.IndexOf("  <Opened>", StringComparison.Ordinal));
        await one.Take("online-contact", "incident-report", "report", Report);
        if (isMerge) await one.Take("command-and-control", "attendance", "log", Log.Remove(begin, end - begin));
        await one.Sweep();
        await one.Take("command-and-control", "attendance", "log again", Log);
        var first = await one.Get<DueWork>().Messages(DateTimeOffset.MaxValue, None).FirstAsync();
        await one.Take("command-and-control", "attendance", "log next", Log.Remove(begin, end - begin).Replace("FORCED", "BROKEN", StringComparison.Ordinal).Replace("NE21", "NE22", StringComparison.Ordinal));
        var next = await one.Get<DueWork>().Messages(DateTimeOffset.MaxValue, None).FirstAsync(found => found.Item != first.Item);
        var commits = 0;
        one.Store.Before = async (_, _) =>
        {
            if (++commits == nth) await two.Get<WorkPerformer>().Perform((isSame ? first : next).Item, None);
        };
        await one.Get<WorkPerformer>().Perform(first.Item, None);
        await two.Sweep();
        return (isSame ? await Standing(two) : await Records(two), commits);
    }

    // The incidents that references lead to, with what is known of each; times and the order of what is listed depend on who was first.
    static async Task<string> Records(IdlePlatform platform)
    {
        var text = new List<string>();
        foreach (var reference in new[] { new Reference("online-report", "NSH-1-26-0417-000"), new Reference("command-log", "NS-20260330-0417") })
        {
            foreach (var subject in await platform.Get<ReferenceIndex>().Find(Force, [reference], None))
                text.Add($"{reference} -> {subject}: {(await platform.Get<SubjectStore>().Find(Force, subject, None))?.Record}");
        }

        text.AddRange((await platform.Get<AuditVerifier>().Verify(Force, null, None)).Findings.Select(found => $"the chain: {found}"));
        return string.Join('\n', text);
    }

    [SkippableFact]
    public async Task Promises_ThatWereKept_AreRemovedTogether()
    {
        var (store, closing) = await Create();
        await using var _ = closing;
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await IdlePlatform.Start(clock: clock, store: store);
        for (var number = 0; number < 20; number++) await platform.Take("online-contact", "incident-report", $"{number}", Report);
        clock.Advance(TimeSpan.FromMinutes(1));
        await platform.Sweep();
        var deletions = 0;
        platform.Store.After = (partition, changes) =>
        {
            if (changes.All(change => change is Change.Delete)) deletions++;
            return Task.CompletedTask;
        };

        await platform.Sweep();
        Assert.Equal((0, 20), (deletions, await Promises(platform)));
        clock.Advance(UnfinishedMessages.Longest);
        await platform.Sweep();
        Assert.Equal(0, await Promises(platform));
        Assert.InRange(deletions, 1, MessageStore.Partitions);
    }

    async Task<(string Standing, int Commits)> Play(int failing, bool isMade)
    {
        var (store, closing) = await Create();
        await using var _ = closing;
        await using var platform = await IdlePlatform.Start(store: store);
        var commits = 0;
        platform.Store.Before = (_, _) => ++commits == failing && !isMade ? throw new StoreException("The test lets this commit fail.") : Task.CompletedTask;
        platform.Store.After = (_, _) => commits == failing && isMade ? throw new StoreException("The test loses this answer.") : Task.CompletedTask;
        var (begin, end) = (Log.IndexOf("  <XRef>", StringComparison.Ordinal), Log.IndexOf("  <Opened>", StringComparison.Ordinal));

        // It waits for a reference; a report and a log, each an incident at first; what cannot be; the log again, which names the report; the reference becomes known.
        await Taken(platform, "rms", "status-event", "parked", Event);
        await Taken(platform, "online-contact", "incident-report", "report", Report);
        await Taken(platform, "command-and-control", "attendance", "log", Log.Remove(begin, end - begin));
        await Taken(platform, "online-contact", "incident-report", "wrong", "{}");
        await Taken(platform, "command-and-control", "attendance", "log again", Log);
        await Again(async () =>
        {
            var subject = (await platform.Get<ReferenceIndex>().Find(Force, [new Reference("online-report", "NSH-1-26-0417-000")], None)).Single();
            await platform.Get<ParkedMessages>().Release(Force, (await platform.Get<ReferenceIndex>().Point(Force, [Crime], subject, None))!.Value, None);
        });
        await platform.Sweep(Again);
        return (await Standing(platform), commits);
    }

    static async Task Taken(IdlePlatform platform, string system, string type, string id, string body)
    {
        await Again(() => platform.Take(system, type, id, body));
        await platform.Sweep(Again);
    }

    static async Task Again(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreException)
        {
            await act();
        }
    }

    // In words that do not depend on times or on how often something was tried.
    static async Task<string> Standing(IdlePlatform platform)
    {
        var text = new List<string>();
        await foreach (var (_, message) in platform.Get<MessageStore>().Newest(Force, null, null, null, 100, None)) text.Add($"{message.Type} {message.SourceId}: {message.Status} {message.Subject}");
        foreach (var reference in new[] { new Reference("online-report", "NSH-1-26-0417-000"), new Reference("command-log", "NS-20260330-0417"), Crime })
        {
            foreach (var subject in await platform.Get<ReferenceIndex>().Find(Force, [reference], None))
            {
                text.Add($"{reference} -> {subject}: {(await platform.Get<SubjectStore>().Find(Force, subject, None))?.Record}");
                text.AddRange((await platform.Get<SubjectStore>().Runs(Force, subject, None)).Select(run => $"{reference}: {run.Workflow}"));
            }
        }

        var today = DateOnly.FromDateTime(platform.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        foreach (var day in new[] { today.AddDays(-1), today }) text.AddRange((await platform.Get<AuditLog>().OfDay(Force, day, 1_000, None)).Select(entry => $"{entry.Data.Operation} {string.Join(' ', entry.Data.What.Order(StringComparer.Ordinal))}"));
        text.AddRange((await platform.Get<AuditVerifier>().Verify(Force, null, None)).Findings.Select(found => $"the chain: {found}"));
        text.AddRange((await platform.Get<HeldList>().All(Force, 100, None)).Select(item => $"held: {item.Kind} {item.Type} {item.Reason}"));
        return string.Join('\n', text.Order(StringComparer.Ordinal));
    }

    static async Task<int> Promises(IdlePlatform platform)
    {
        var count = 0;
        for (var number = 0; number < MessageStore.Partitions; number++)
            count += await platform.Unwatched.Prefix(MessageStore.Partition(Force, number), RowKey.Of(MessageStore.UnfinishedPart, ""), 1_000, None).CountAsync();
        return count;
    }
}
