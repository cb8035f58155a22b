using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Schedules;

/// <summary>When a workflow of an organisation begins next: row <c>next|workflow</c>, due at that time.</summary>
/// <param name="Run">The last run that the schedule began.</param>
/// <param name="BeganAt">The time it was to begin at.</param>
/// <param name="EndedAt">When it ended, if it has.</param>
sealed record ScheduleRecord(string? Run = null, DateTimeOffset? BeganAt = null, DateTimeOffset? EndedAt = null);

/// <summary>Begins runs at the times their definitions ask for (<c>schedule.every</c>, <c>cron</c>, <c>after</c>), for each police force. Times missed while the platform was down are made up for once.</summary>
sealed class ScheduleBook(IStore store, DefinitionRegistry definitions, SubjectStore subjects, RunStepper stepper, RunList runs, TimeProvider clock, IWorkSignal work)
{
    public const string PartitionPart = "schedule";
    public const string NextPart = "next";

    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>Sets the times of all definitions in force; those set before stay unless the definition says otherwise.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        foreach (var workflow in definitions.Current.Workflows.Where(workflow => workflow.Schedule is not null))
        {
            foreach (var organisation in definitions.Forces)
            {
                var known = RowBody.ReadOrNone<ScheduleRecord>(await store.Read(Partition(organisation), Key(workflow.Name), cancellation)) ?? new ScheduleRecord();
                await store.Commit(Partition(organisation), [new Change.Upsert(Key(workflow.Name), RowBody.Of(known), Next(workflow, known))], cancellation);
            }
        }
    }

    /// <summary>Begins the run that is due, and sets the time of the next.</summary>
    public async Task<WorkOutcome> Begin(OrganisationId organisation, string key, CancellationToken cancellation)
    {
        var partition = Partition(organisation);
        if (await store.Read(partition, key, cancellation) is not { Due: { } due } row || due > clock.GetUtcNow()) return WorkOutcome.Finished;
        if (definitions.Current.Workflows.FirstOrDefault(known => known.Name == RowKey.Split(key)[1]) is not { Schedule: not null } workflow)
        {
            await store.Commit(partition, [new Change.Delete(key, row.ETag)], cancellation);
            return WorkOutcome.Finished;
        }

        var run = IdOf(organisation, workflow, due);
        var subject = new SubjectId(run.Value);

        // About no incident, but about itself: so it hears what the runs that it starts emit.
        if (workflow.HasListens) await subjects.AddChild(organisation, subject, new SubjectRun(run.Value, workflow.Name, workflow.Version, due, StartEvent: ""), cancellation);
        await stepper.Start(organisation, run, new RunStart(subject, workflow, JsonValue.EmptyObject), cancellation);
        await runs.List(organisation, run, due, cancellation);
        var begun = new ScheduleRecord(run.Value, due);
        await store.Commit(partition, [new Change.Replace(key, RowBody.Of(begun), row.ETag, Next(workflow, begun))], cancellation);
        return WorkOutcome.Finished;
    }

    /// <summary>Sets the time of the run that follows the end of the last (<c>schedule.after</c>). Later when that one is not yet in the book.</summary>
    public async Task<WorkOutcome> Ended(OrganisationId organisation, Workflow workflow, RunId run, DateTimeOffset at, CancellationToken cancellation)
    {
        var (partition, key) = (Partition(organisation), Key(workflow.Name));
        if (await store.Read(partition, key, cancellation) is not { } row) return WorkOutcome.Finished;
        var known = RowBody.Read<ScheduleRecord>(row);
        if (known.Run != run.Value) return row.Due is { } due && IdOf(organisation, workflow, due) == run ? new WorkOutcome.Later(Soon) : WorkOutcome.Finished;
        var ended = known with { EndedAt = at };
        var next = Next(workflow, ended);
        if (await store.Commit(partition, [new Change.Replace(key, RowBody.Of(ended), row.ETag, next)], cancellation) is not CommitOutcome.Done) return new WorkOutcome.Later(Soon);
        if (next is { } time) work.Due(new WorkItem(partition, key, IsFresh: false), time);
        return WorkOutcome.Finished;
    }

    DateTimeOffset? Next(Workflow workflow, ScheduleRecord known) => workflow.Schedule!.Next(clock.GetUtcNow(), known.BeganAt, known.EndedAt);

    static RunId IdOf(OrganisationId organisation, Workflow workflow, DateTimeOffset due) => RunId.For(organisation, workflow.Name, $"at {due.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}");

    static string Partition(OrganisationId organisation) => PartitionKey.Of(organisation.Value, PartitionPart);

    static string Key(string workflow) => RowKey.Of(NextPart, workflow);
}
