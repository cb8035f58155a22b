using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Interop.Functions.Triggers;

/// <summary>What fails in a function fails for the host too, which logs it whole: so it is passed on without its text, which may quote data.</summary>
sealed class FaultWatch : IFunctionsWorkerMiddleware
{
    const string Orchestration = "orchestrationTrigger";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (fault is not (StoreException or OperationCanceledException) && !IsOrchestration(context))
        {
            throw new FunctionFault(FaultText.Of(fault));
        }
    }

    // What an orchestration throws is Durable's to read.
    static bool IsOrchestration(FunctionContext context) => context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type.Equals(Orchestration, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A fault in a function, by types and places.</summary>
sealed class FunctionFault(string text) : Exception(text);
