using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Api;

/// <summary>What the framework refuses before a handler is asked, explained: its own problem details name the status alone.</summary>
static class ProblemDefaults
{
    static readonly FrozenDictionary<int, string> Details = new Dictionary<int, string>
    {
        [StatusCodes.Status401Unauthorized] = "Nobody is signed in. Sign in at /signin and send the cookie, or send a bearer token of the sign-in service.",
        [StatusCodes.Status403Forbidden] = "Your roles do not allow this. Ask an administrator of your organisation.",
        [StatusCodes.Status404NotFound] = "Nothing is at this address. The API is described at /docs.",
        [StatusCodes.Status405MethodNotAllowed] = "This address does not take that method; the header Allow names those it takes.",
        [StatusCodes.Status415UnsupportedMediaType] = "This address does not take that Content-Type. The API is described at /docs.",
        [StatusCodes.Status500InternalServerError] = "The platform failed. What was asked may be asked again; the log holds the reason under the trace id.",
    }.ToFrozenDictionary();

    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        context.ProblemDetails.Detail ??= context.Exception is BadHttpRequestException refused ? refused.Message : Details.GetValueOrDefault(context.ProblemDetails.Status ?? 0);
    };

    /// <summary>A request that does not bind, or a form beyond its limits, is the caller's mistake: answered as such, and not logged as a failure.</summary>
    public static int StatusOf(Exception failure) => failure switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
