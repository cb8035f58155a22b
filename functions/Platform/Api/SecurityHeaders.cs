using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Api;

/// <summary>Headers that every answer carries: nothing framed, nothing guessed, nothing kept by caches, nothing loaded from elsewhere.</summary>
sealed class SecurityHeaders(RequestDelegate next)
{
    // The API reference draws itself by script from the platform; the portal has none.
    const string PortalPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    const string DocsPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        Apply(context);
        return next(context);
    }

    /// <summary>Sets them; an answer that was begun anew after an exception has lost them.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // "no-referrer" would make browsers hide the origin of our own forms, too.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal) ? DocsPolicy : PortalPolicy;
        headers.CacheControl = "no-store";
    }
}
