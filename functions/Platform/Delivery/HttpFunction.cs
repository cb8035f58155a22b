using Interop.Core.Messages;
using Interop.Platform.Runs;

namespace Interop.Platform.Delivery;

/// <summary>The task <c>call: http</c>: a request to an address that the definition names. The address guard holds for it as for all.</summary>
sealed class HttpFunction(HttpSender sender) : IFunction
{
    public string Name => "http";

    public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) =>
        sender.Send(new OrganisationId(run.Organisation), effect, cancellation);
}
