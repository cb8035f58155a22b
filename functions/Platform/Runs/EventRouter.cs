using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Brings an event about a subject to its runs, and starts the runs it asks for. Each event comes to a run once.</summary>
sealed class EventRouter(IStore store, DefinitionRegistry definitions, SubjectStore subjects, RunStepper stepper, RunList runs, StartSets sets, TimeProvider clock, IWorkSignal work)
{
    /// <summary>Tells it. With <paramref name="about"/> the event tells of that run: it does not hear it, and it begins no run of the same workflow, since each would make the next.</summary>
    /// <returns>False when a run is just being started by another: route again shortly.</returns>
    public async Task<bool> Route(OrganisationId organisation, SubjectId subject, JsonValue cloudEvent, CancellationToken cancellation, RunRecord? about = null)
    {
        foreach (var workflow in definitions.Current.Workflows.Where(workflow => workflow.Name != about?.Workflow && workflow.Start?.Starts(cloudEvent) == true))
            await (workflow.Start!.Gathers ? Gather(organisation, subject, workflow, cloudEvent, cancellation) : Start(organisation, subject, workflow, cloudEvent, cancellation));
        var told = true;
        foreach (var run in (await subjects.Runs(organisation, subject, cancellation)).Where(run => run.Run != about?.Id)) told &= await Tell(organisation, new RunId(run.Run), cloudEvent, cancellation);
        return told;
    }

    async Task Start(OrganisationId organisation, SubjectId subject, Workflow workflow, JsonValue cloudEvent, CancellationToken cancellation)
    {
        var id = RunId.For(organisation, workflow.Name, workflow.Start!.CorrelationKey(cloudEvent));
        var started = new SubjectRun(id.Value, workflow.Name, workflow.Version, clock.GetUtcNow(), cloudEvent["id"].AsString());
        var run = await subjects.AddRun(organisation, subject, workflow.Name, started, cancellation);
        if (run.StartEvent != started.StartEvent) return;
        await stepper.Start(organisation, id, RunStart.On(subject, await definitions.Workflow(run.Workflow, run.Version, cancellation), JsonValue.Of(cloudEvent)), cancellation);
        await runs.List(organisation, id, run.StartedAt, cancellation);
    }

    // A set stays until its run stands everywhere, so whatever is cut off is done when an event of it is routed again; and each is, until its routing has ended.
    async Task Gather(OrganisationId organisation, SubjectId subject, Workflow workflow, JsonValue cloudEvent, CancellationToken cancellation)
    {
        var key = workflow.Start!.GatheringKey(cloudEvent, subject.Value);
        var id = RunId.For(organisation, workflow.Name, key);
        if (await runs.Find(organisation, id, cancellation) is null)
        {
            if (await sets.Take(organisation, subject, workflow, cloudEvent, cancellation) is not { } gathered || gathered.Input(workflow.Start) is not { } input) return;
            foreach (var about in gathered.Events.Select(one => one.Subject).Distinct())
                await subjects.AddChild(organisation, new SubjectId(about), new SubjectRun(id.Value, workflow.Name, workflow.Version, clock.GetUtcNow(), input[0]["id"].AsString()), cancellation);
            await stepper.Start(organisation, id, RunStart.On(new SubjectId(gathered.Events[0].Subject), workflow, input), cancellation);
        }

        if (await sets.Find(organisation, workflow.Name, key, cancellation) is not { } left || await runs.Find(organisation, id, cancellation) is not { } begun) return;
        await runs.List(organisation, id, begun.StartedAt, cancellation);
        await sets.Remove(organisation, workflow.Name, left, cancellation);
    }

    async Task<bool> Tell(OrganisationId organisation, RunId run, JsonValue cloudEvent, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        if (await store.Read(partition, RunKeys.State, cancellation) is null) return false;
        var now = clock.GetUtcNow();
        var id = cloudEvent["id"].AsString();
        var inbox = RunKeys.Inbox(now, id);
        Change[] changes = [new Change.Insert(RunKeys.Event(id), default), new Change.Insert(inbox, cloudEvent.ToUtf8(), now)];
        if (await store.Commit(partition, changes, cancellation) is CommitOutcome.Done) work.Due(new WorkItem(partition, inbox, IsFresh: true), now);
        return true;
    }
}
