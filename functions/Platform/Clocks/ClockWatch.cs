using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Interop.Core.Clocks;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;

namespace Interop.Platform.Clocks;

/// <summary>A time limit that passed without the update it asks for.</summary>
/// <param name="Organisation">Who owes the update.</param>
/// <param name="Rule">The limit.</param>
/// <param name="Subject">The incident.</param>
/// <param name="At">The first moment at which it was breached.</param>
public sealed record ClockBreach(OrganisationId Organisation, string Rule, string Subject, DateTimeOffset At);

/// <summary>
/// Finds time limits that passed. Each that begins has a row <c>clock|due|subject|rule|trigger</c> in the partition of the organisation's day on which its message came, committed with the row that lists the message;
/// a breach is told to the runs about the incident as the event <see cref="EventType"/>, once, and kept with the clock.
/// </summary>
sealed class ClockWatch(IStore store, SubjectStore subjects, EventRouter router, DefinitionRegistry definitions, TimeProvider clock)
{
    /// <summary>The event that runs can listen for, and that can begin one.</summary>
    public const string EventType = "clock.breached";

    /// <summary>No limit is so long, and none is watched for longer.</summary>
    public const int MostDays = 120;

    const string ClockPart = "clock";
    const int MostRows = 10_000;
    const int MostMerges = 20;

    // An update that is sent meets a limit until it is known not to have arrived; so long one may still learn that.
    static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(1);
    static readonly TimeSpan LongestDoubt = TimeSpan.FromDays(30);

    /// <summary>The rows of the clocks that a message began.</summary>
    public async Task<ImmutableArray<Change.Upsert>> Begun(OrganisationId organisation, SubjectId subject, string message, CancellationToken cancellation) =>
        [.. (await subjects.Clocks(organisation, subject, cancellation)).Where(record => record.Trigger == message).Select(record => (Record: record, Due: DueOf(record, record.StartedAt)))
            .Where(begun => begun.Due is not null).Select(begun => new Change.Upsert(Key(begun.Due!.Value, subject.Value, begun.Record.Rule, message), default))];

    /// <summary>The limits that have passed since the last look, each once. What is found is kept when the next is asked for.</summary>
    public async IAsyncEnumerable<ClockBreach> Look(OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-MostDays);
        foreach (var day in (await store.DaysOf(organisation, cancellation)).Where(day => day >= first))
        {
            var passed = await store.Range(AuditRows.Day(organisation, day), RowKey.Of(ClockPart, ""), Key(now.AddTicks(1)), MostRows, cancellation).ToListAsync(cancellation);
            foreach (var row in passed)
            {
                var parts = RowKey.Split(row.Key);
                var (subject, rule, trigger) = (new SubjectId(parts[2]), parts[3], parts[4]);
                var known = await subjects.Clock(organisation, subject, rule, trigger, cancellation);
                if (known is { AlertedAt: null } && AlertOf(known, now) is { } at)
                {
                    if (!await Tell(organisation, subject, known, at, cancellation)) continue;
                    yield return new ClockBreach(organisation, rule, subject.Value, at);
                    await subjects.Alerted(organisation, subject, rule, trigger, at, cancellation);
                    known = null;
                }

                await store.Commit(row.Partition, [new Change.Delete(row.Key, row.ETag), .. Next(known, now) is { } next ? [new Change.Upsert(Key(next, subject.Value, rule, trigger), default)] : Array.Empty<Change>()], cancellation);
            }
        }
    }

    // When to look again; null when nothing can still come of it.
    DateTimeOffset? Next(ClockRecord? known, DateTimeOffset now) => known is { AlertedAt: null } && known.Read(definitions.Clocks)?.StatusAt(now, definitions.Clocks.Calendar) is { Succeeded: true } status
        ? status.Value switch
        {
            ClockStatus.Due due => due.DueAt,
            ClockStatus.Met { Provisional: true } met when now < met.At + LongestDoubt => now + BetweenLooks,
            _ => null,
        }
        : null;

    DateTimeOffset? DueOf(ClockRecord record, DateTimeOffset at) =>
        record.Read(definitions.Clocks)?.StatusAt(at, definitions.Clocks.Calendar) is { Succeeded: true, Value: ClockStatus.Due due } ? due.DueAt : null;

    DateTimeOffset? AlertOf(ClockRecord record, DateTimeOffset now) => record.Read(definitions.Clocks)?.AlertAt(now, definitions.Clocks.Calendar) is { Succeeded: true } alert ? alert.Value : null;

    // Its id is always the same, so it comes to a run once.
    async Task<bool> Tell(OrganisationId organisation, SubjectId subject, ClockRecord record, DateTimeOffset at, CancellationToken cancellation)
    {
        var about = await Kept(organisation, subject, cancellation);
        var rule = record.Read(definitions.Clocks)!.Rule;
        var happened = new CloudEvent
        {
            Id = $"{subject}-{record.Rule}-{record.Trigger}",
            Source = $"/organisations/{organisation}/clocks",
            Type = EventType,
            Subject = about.Value,
            Time = at,
            DataContentType = "application/json",
            Data = JsonValue.Of(("limit", rule.Id), ("title", rule.Title), ("right", rule.Right), ("update", rule.Ends), ("startedAt", Timestamps.Print(record.StartedAt)), ("breachedAt", Timestamps.Print(at))),
        };
        return await router.Route(organisation, about, happened.ToJson(), cancellation);
    }

    async Task<SubjectId> Kept(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        for (var merges = 0; merges < MostMerges && (await subjects.Find(organisation, subject, cancellation))?.MergedInto is { } kept; merges++) subject = new SubjectId(kept);
        return subject;
    }

    static string Key(DateTimeOffset due, params string[] parts) => RowKey.Of([ClockPart, due.UtcTicks.ToString("D19", CultureInfo.InvariantCulture), .. parts]);
}

/// <summary>Looks for time limits that have passed, for hosts to tell of: an hour late at most is soon enough, for limits end with a day.</summary>
public sealed class ClockSweep
{
    readonly ClockWatch watch;
    readonly DefinitionRegistry definitions;

    internal ClockSweep(ClockWatch watch, DefinitionRegistry definitions) => (this.watch, this.definitions) = (watch, definitions);

    /// <summary>How many organisations are looked at together.</summary>
    public const int OrganisationsAtOnce = 16;

    /// <summary>Tells of every limit that has passed since the last look, each once, from several organisations at the same time. A limit is told before it is kept that it was.</summary>
    /// <remarks>The organisations come in another order each time, so that a look which is cut off passes none over for ever; what fails for one does not stop the others, and is thrown at the end.</remarks>
    public async Task Look(Action<ClockBreach> tell, CancellationToken cancellation)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(definitions.Organisations.Shuffle(), new ParallelOptions { MaxDegreeOfParallelism = OrganisationsAtOnce, CancellationToken = cancellation }, async (organisation, token) =>
        {
            try
            {
                await foreach (var breach in watch.Look(organisation, token)) tell(breach);
            }
            catch (StoreException failed)
            {
                failures.Enqueue(failed);
            }
        });
        if (failures.TryDequeue(out var first)) throw failures.IsEmpty ? first : new StoreException($"{failures.Count + 1} organisations could not be looked at. {first.Message}", first);
    }
}
