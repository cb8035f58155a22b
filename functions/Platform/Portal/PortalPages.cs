using Interop.Platform.Identity;
using Interop.Platform.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
    }

    /// <summary>The signed-in user; the page's policy has let nobody else in.</summary>
    public static InteropUser User(HttpContext context) => InteropUser.Of(context.User)!;
}
