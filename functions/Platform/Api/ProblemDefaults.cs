using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interop.Core;
using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Api;

/// <summary>What the framework refuses before a handler is asked, explained: its own problem details name the status alone.</summary>
static partial class ProblemDefaults
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
        context.ProblemDetails.Detail ??= Details.GetValueOrDefault(context.ProblemDetails.Status ?? 0) ?? (context.Exception is BadHttpRequestException refused ? Explained(refused) : null);
    };

    /// <summary>A request that does not bind, or a form beyond its limits, is the caller's mistake: answered as such, and not logged as a failure.</summary>
    public static int StatusOf(Exception failure) => failure switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    // The framework names parameters with their C# types, and says of a body only that it could not be read.
    static string Explained(BadHttpRequestException refused) => refused.InnerException is JsonException json
        ? Unknown().Match(json.Message) is { Success: true } unknown
            ? $"The body has a member \"{Problem.Preview(unknown.Groups[1].Value)}\", which this operation does not take. Correct its name, or leave it out. The API is described at /docs."
            : $"The body is no JSON of the form that this operation takes{(json.LineNumber is { } line ? $": see line {line + 1}, byte {json.BytePositionInLine + 1}{(json.Path is { Length: > 0 } path ? $", at {path}" : "")}" : "")}. The API is described at /docs."
        : $"{TypedName().Replace(refused.Message, "parameter \"$1\"")} The API is described at /docs.";

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped to any .NET member", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1_000)]
    private static partial Regex Unknown();

    [GeneratedRegex("parameter \"[^\" ]+ ([^\" ]+)\"", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex TypedName();
}
