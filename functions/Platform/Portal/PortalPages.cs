using Interop.Platform.Identity;
using Interop.Platform.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal;

/// <summary>The addresses of the portal. Pages are drawn on the server and carry no script.</summary>
static class PortalPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        PortalAssets.Map(routes);
        SignInPages.Map(routes.MapGroup("").ExcludeFromDescription().AllowAnonymous());
        var pages = routes.MapGroup("").ExcludeFromDescription().RequireAuthorization(Policies.Read);
        RunPages.Map(pages);
        MessagePages.Map(pages);
        HeldPages.Map(pages);
        AuditPages.Map(pages);
        MappingPages.Map(pages);
        pages.MapPost("/justification", (Delegate)Say);
    }

    /// <summary>The signed-in user; the page's policy has let nobody else in.</summary>
    public static InteropUser User(HttpContext context) => Consultation.UserOf(context);

    /// <summary>Where the organisation wants to know why somebody looks, the page asks before it shows.</summary>
    public static TBuilder Justified<TBuilder>(this TBuilder page)
        where TBuilder : IEndpointConventionBuilder => page.AddEndpointFilter<TBuilder, AskWhy>();

    /// <summary>Back to a page after something was done there</summary>
    public static IResult Back(string path, string done) => Results.Redirect($"{path}?done={done}");

    /// <summary>A path of this site, with its query, in the characters that an address is written in; else the first page. "//elsewhere" is another site, and so is what a browser makes one of: it takes "\" for "/", and drops tabs and line ends.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.AsSpan().ContainsAnyExceptInRange('!', '~') && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('?', '#')[0].Contains("//", StringComparison.Ordinal) ? path : "/";

    static async Task<IResult> Say(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (page, said) = (Local(form["page"]), form["justification"].ToString().Trim());
        if (said.Length is > 0 and <= Consultation.MostCharacters) Consultation.Keep(context, page, said);
        return Results.Redirect(page);
    }

    sealed class AskWhy : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => Consultation.Missing(context.HttpContext)
            ? new RazorComponentResult<JustificationPage>(new { User = User(context.HttpContext), Most = Consultation.MostCharacters, Page = Consultation.PageOf(context.HttpContext) })
            : await next(context);
    }
}
