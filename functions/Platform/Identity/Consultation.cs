using Interop.Platform.Api;
using Interop.Platform.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Identity;

/// <summary>Why somebody looks at a record. It is logged with the look; whether it must be said is a policy of the user's organisation.</summary>
static class Consultation
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Interop-Justification";

    /// <summary>The query parameter that carries it.</summary>
    public const string Parameter = "justification";

    /// <summary>The longest that is taken.</summary>
    public const int MostCharacters = 500;

    /// <summary>The signed-in user, with the justification that came with the request.</summary>
    public static InteropUser UserOf(HttpContext context) => InteropUser.Of(context.User)! with { Justification = Given(context) };

    /// <summary>Whether one must be said and was not, or not within the limit.</summary>
    public static bool Missing(HttpContext context)
    {
        var user = UserOf(context);
        if (user.Justification is { } given) return given.Length > MostCharacters;
        var definitions = context.RequestServices.GetRequiredService<DefinitionRegistry>().Current;
        return definitions.Organisations.GetValueOrDefault(user.Organisation)?.ConsultationNeedsJustification == true;
    }

    /// <summary>Lets a request of the API pass that says what it must.</summary>
    public static async ValueTask<object?> Justified(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => Missing(context.HttpContext)
        ? ApiProblems.Invalid("justification", $"Your organisation asks why a record is looked at. Say it in 1 to {MostCharacters} characters, in the header {Header} or as ?{Parameter}=...")
        : await next(context);

    /// <summary>The query that says again what was said; empty when nothing was.</summary>
    public static string Query(InteropUser user, char begins) => user.Justification is { } given ? $"{begins}{Parameter}={Uri.EscapeDataString(given)}" : "";

    static string? Given(HttpContext context) =>
        (context.Request.Headers[Header].ToString() is { Length: > 0 } header ? header : context.Request.Query[Parameter].ToString()).Trim() is { Length: > 0 } given ? given : null;
}
