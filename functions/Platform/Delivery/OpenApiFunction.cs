using System.Text;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Core.Workflows.OpenApi;
using Interop.Platform.Runs;

namespace Interop.Platform.Delivery;

/// <summary>The task <c>call: openapi</c>: gets the description, makes the request of it, and sends that as <c>call: http</c> does.</summary>
sealed class OpenApiFunction(HttpSender sender) : IFunction
{
    static readonly string[] Kept = ["authentication", "output", "redirect", "secrets"];

    public string Name => "openapi";

    public async Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(run.Organisation);
        var filled = await sender.Fill(organisation, effect.Arguments, cancellation);
        if (!filled.Succeeded) return new FunctionOutcome.Failed(HttpSender.NoSecret(filled.Problems));
        var (arguments, mask) = filled.Value;
        var wanted = arguments["document"].With("method", "get").With("output", "raw");
        var got = await sender.SendFilled(effect, wanted, mask, cancellation);
        if (got is not FunctionOutcome.Done description) return got;
        var read = OpenApiDocument.Read(Encoding.UTF8.GetString(Convert.FromBase64String(description.Output.AsString())), new Uri(wanted["endpoint"].AsString()));
        var request = read.Then(document => document.Request(arguments["operationId"].StringOrNull ?? "", arguments["parameters"]));
        if (!request.Succeeded) return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Configuration, 400, "The operation cannot be called", mask.Of(string.Join(" ", request.Problems.Select(problem => problem.Message)))));
        var call = Kept.Where(name => !arguments[name].IsNull).Aggregate(request.Value, (so, name) => so.With(name, arguments[name]));
        return await sender.SendFilled(effect, call, mask, cancellation);
    }
}
