using Interop.Platform.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Identity;

/// <summary>Refuses requests that change state and come from another site's page: a browser names the page's origin in such requests, other callers name none.</summary>
static class OriginCheck
{
    public static void UseOriginCheck(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isSafe || request.Headers.Origin is not [{ Length: > 0 } origin] || origin == $"{request.Scheme}://{request.Host}")
        {
            await next(context);
            return;
        }

        await ProblemPages.Answer(context, StatusCodes.Status403Forbidden, "Wrong origin", "The request comes from a page of another site.").ExecuteAsync(context);
    });
}
