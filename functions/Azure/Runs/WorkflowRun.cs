using Microsoft.DurableTask;

namespace Interop.Functions.Runs;

/// <summary>The one orchestrator. Each step of the machine is an activity, which commits {state, journal, outbox} and answers with the effects that the step asked for; here each gets its activity, its timer or its sub-orchestration, and whatever ends first is taken up.</summary>
/// <remarks>The run's state stands in the store. An orchestration holds addresses of rows alone, and what it forgets in a crash the sweep of due rows brings back.</remarks>
sealed class WorkflowRun : TaskOrchestrator<RunNews, string>
{
    /// <summary>The external event that tells of something due, such as a message that came.</summary>
    public const string News = "news";

    /// <summary>After so many steps the history is begun anew.</summary>
    public const int MostSteps = 200;

    public override async Task<string> RunAsync(TaskOrchestrationContext context, RunNews input)
    {
        var rows = new RowsInFlight(context);
        var heard = context.WaitForExternalEvent<RunNews>(News);
        rows.Take(input);
        for (var steps = 1; !rows.AreOver; steps++)
        {
            if (steps > MostSteps) rows.Rest();
            if (rows.MayRest && !heard.IsCompleted)
            {
                context.ContinueAsNew(rows.Saved());
                return "";
            }

            var first = await Task.WhenAny([heard, .. rows.Pending]);
            rows.Take(first == heard ? await heard : await rows.Ended(first));
            if (first == heard) heard = context.WaitForExternalEvent<RunNews>(News);
        }

        return "";
    }
}
