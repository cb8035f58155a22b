using Interop.Platform.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Identity;

/// <summary>Refuses requests that change state and come from another site's page: a browser names the page's origin in such requests, other callers name none.</summary>
static class OriginCheck
{
    public static void UseOriginCheck(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsSafe(context.Request.Method) || IsOwn(context.Request)) await next(context);
        else await ProblemPages.Answer(context, StatusCodes.Status403Forbidden, "Wrong origin", "The request comes from a page of another site.").ExecuteAsync(context);
    });

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool IsOwn(HttpRequest request) => request.Headers.Origin is [{ Length: > 0 } origin] ? origin == $"{request.Scheme}://{request.Host}" : MayNameNone(request);

    // Programs call the API alone. A form of the portal is sent by browsers, and the cookie of Easy Auth, unlike the platform's own, is not known to stay behind when another site's page sends one.
    static bool MayNameNone(HttpRequest request) => !request.HttpContext.RequestServices.GetRequiredService<SignInOptions>().IsEasyAuth || request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
