using Interop.Functions.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Interop.Functions.Triggers;

/// <summary>The orchestrator and its activity as functions.</summary>
sealed class RunFunctions(PerformRow perform)
{
    [Function(nameof(WorkflowRun))]
    public static Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, RunNews input) => new WorkflowRun().RunAsync(context, input);

    [Function(nameof(PerformRow))]
    public Task<RunNews> Perform([ActivityTrigger] DueRow input) => perform.Perform(input);
}
