using System.Collections.Immutable;
using System.Threading.Channels;
using Interop.Core.Messages;
using Interop.Platform.Reading;

namespace Interop.Local.Demo;

/// <summary>Watches one journey and tells each step of it once: what came in, what went out, what was decided, how the clocks stand.</summary>
sealed class JourneyFeed(RunReader runs, OrganisationId organisation, TimeProvider clock)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    static readonly ImmutableArray<string> Ended = ["completed", "faulted", "cancelled"];

    readonly Channel<JourneyStep> steps = Channel.CreateBounded<JourneyStep>(1_000);
    readonly HashSet<string> told = new(StringComparer.Ordinal);

    public ChannelReader<JourneyStep> Steps => steps.Reader;

    /// <summary>Watches until the run has ended or the time is up; gives the run as it was seen last.</summary>
    /// <param name="before">Runs that were there before the journey began.</param>
    /// <param name="longest">By the wall clock.</param>
    /// <param name="cancellation">Stops watching.</param>
    public async Task<RunView?> Watch(ImmutableArray<string> before, TimeSpan longest, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Look);
        var until = TimeProvider.System.GetUtcNow() + longest;
        var day = clock.GetUtcNow();
        RunView? run = null;
        try
        {
            do
            {
                var id = run?.Id ?? (await StartedSince(day, cancellation)).Except(before).FirstOrDefault();
                if (id is null) continue;
                run = await runs.Read(organisation, id, cancellation);
                if (run is null) continue;
                Tell(run);
                if (Ended.Contains(run.Status) && run.Timeline.All(entry => entry.Status is not ("pending" or "received"))) return run;
            }
            while (TimeProvider.System.GetUtcNow() < until && await timer.WaitForNextTickAsync(cancellation));
            return run;
        }
        finally
        {
            steps.Writer.Complete();
        }
    }

    // Business days pass quickly: the run may begin on a later one than the watching did.
    async Task<ImmutableArray<string>> StartedSince(DateTimeOffset first, CancellationToken cancellation)
    {
        var started = ImmutableArray.CreateBuilder<string>();
        for (var day = first; day.UtcDateTime.Date <= clock.GetUtcNow().UtcDateTime.Date; day = day.AddDays(1)) started.AddRange(await runs.StartedOn(organisation, day, cancellation));
        return started.ToImmutable();
    }

    static string? Note(TimelineEntry entry) =>
        entry.Note ?? (entry.Attempts.Length > 1 ? $"{entry.Attempts.Length} attempts: {string.Join(", ", entry.Attempts.Select(attempt => attempt.Outcome))}" : null);

    void Tell(RunView run)
    {
        foreach (var entry in run.Timeline.Where(entry => entry.Status is not ("received" or "pending")))
        {
            if (!told.Add($"{entry.Id} {entry.Status}")) continue;
            var kind = entry.Kind is null ? entry.Type : $"{entry.Type} ({entry.Kind})";
            steps.Writer.TryWrite(entry.Direction == "in"
                ? new JourneyStep(entry.At, StepDirection.In, entry.System, kind, $"{entry.Mapping}: {entry.Status}", "", entry.Milliseconds)
                : new JourneyStep(entry.At, StepDirection.Out, entry.System, "", entry.Mapping, $"{kind}: {entry.Status}{(Note(entry) is { } note ? $", {note}" : "")}", entry.Milliseconds));
            if (entry.Decision is { } decision) steps.Writer.TryWrite(new JourneyStep(entry.At, StepDirection.Decision, entry.System, "", decision, "", 0));
        }

        foreach (var limit in run.Clocks)
        {
            if (!told.Add($"{limit.Rule} {limit.StartedAt:O} {limit.Status}")) continue;
            var due = limit.DueAt is { } at ? $"by the end of {at.AddTicks(-1):ddd d MMM yyyy}" : "";
            steps.Writer.TryWrite(new JourneyStep(limit.MetAt ?? limit.StartedAt, StepDirection.Clock, $"right {limit.Right}", limit.Title, $"{limit.Status} {due}", "", 0));
        }
    }
}
