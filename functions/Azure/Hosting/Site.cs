using Interop.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Interop.Functions.Hosting;

/// <summary>The platform's API and portal as one handler: what Kestrel has on one machine, a function has here.</summary>
sealed class Site(IServiceProvider services)
{
    readonly Lazy<RequestDelegate> handler = new(() => new ApplicationBuilder(services).UseInteropPlatform().Build());

    /// <summary>Answers a request; the result says that nothing is left to write.</summary>
    public async Task<IResult> Answer(HttpContext context)
    {
        // The function's own endpoint would be taken for the platform's.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await handler.Value(context);
        return Results.Empty;
    }
}
