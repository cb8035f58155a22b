using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>Publishes definitions of a test, and follows their runs on the real runner.</summary>
static class OwnRuns
{
    static readonly OrganisationId Force = new("northshire");

    static readonly SubjectId Subject = new("theincidentofallscenarios2");

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task<Workflow> Publish(TestPlatform platform, string definition)
    {
        var workflow = Workflow.Load(definition, "test.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await platform.Host.Services.GetRequiredService<DefinitionRegistry>().Publish(workflow, CancellationToken.None));
        return workflow;
    }

    public static async Task<RunId> Start(TestPlatform platform, string definition, JsonValue input)
    {
        var workflow = await Publish(platform, definition);
        var run = RunId.For(Force, workflow.Name, workflow.Version);
        await platform.Host.Services.GetRequiredService<RunStepper>().StartWith(Force, run, Subject, workflow, input, [], CancellationToken.None);
        return run;
    }

    public static Task Cancel(TestPlatform platform, RunId run) =>
        platform.Host.Services.GetRequiredService<RunStepper>().Step(Force, run, new Cancelled(TimeProvider.System.GetUtcNow()), [], CancellationToken.None);

    /// <summary>The run that another asked for with its first effect.</summary>
    public static RunId ChildOf(RunId parent, string workflow) => RunId.For(Force, workflow, new EffectId(parent, 1).ToString());

    public static Task<ImmutableArray<JournalRecord>> Journal(TestPlatform platform, RunId run) => Runs(platform).Journal(Force, run, CancellationToken.None);

    public static Task<RunState> End(TestPlatform platform, RunId run) => Until(platform, run, state => state.IsFinished);

    /// <summary>The run's state once it is as it should be.</summary>
    public static async Task<RunState> Until(TestPlatform platform, RunId run, Func<RunState, bool> isSo)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            if (await Runs(platform).Find(Force, run, limit.Token) is { } found && RunState.FromJson(found.State).Value is var state && isSo(state)) return state;
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }

    static RunList Runs(TestPlatform platform) => platform.Host.Services.GetRequiredService<RunList>();
}
