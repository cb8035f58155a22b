using Interop.Core.Messages;
using Interop.Platform.Definitions;
using Interop.Platform.Identity;
using Interop.Platform.Identity.EasyAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Portal.Pages;

/// <summary>Signing in, on the embedded host by a page of the platform's own, and out.</summary>
static class SignInPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(IdentitySetup.SignInPath, SignIn);
        pages.MapPost(IdentitySetup.SignInPath, SignedIn);
        pages.MapPost("/signout", (Delegate)SignOut);
    }

    static IResult SignIn(HttpContext context, SignInOptions options, DefinitionRegistry definitions, string? returnUrl) =>
        options.IsDevelopment ? new RazorComponentResult<SignInPage>(new { Organisations = definitions.Organisations.Select(id => definitions.Current.Organisations[id]).ToList(), ReturnUrl = PortalPages.Local(returnUrl) })
        : InteropUser.Of(context.User) is null ? Results.Challenge(new AuthenticationProperties { RedirectUri = PortalPages.Local(returnUrl) })
        : Results.Redirect(PortalPages.Local(returnUrl));

    static async Task<IResult> SignedIn(HttpContext context, SignInOptions options, DefinitionRegistry definitions)
    {
        if (!options.IsDevelopment) return Results.NotFound();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var organisation = OrganisationId.Parse(form["organisation"]);
        var role = form["role"].ToString();
        if (!organisation.Succeeded || !definitions.Current.Organisations.ContainsKey(organisation.Value) || !Roles.All.Contains(role))
        {
            return ProblemPages.Answer(
                context, StatusCodes.Status400BadRequest, "Nobody can sign in like that",
                $"Send the fields organisation (one of {string.Join(", ", definitions.Organisations)}) and role (one of {string.Join(", ", Roles.All)}).");
        }

        await IdentitySetup.SignInDevelopment(context, new InteropUser($"development-{role}", organisation.Value, [role]));
        return Results.Redirect(PortalPages.Local(form["returnUrl"]));
    }

    static async Task<IResult> SignOut(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<SignInOptions>().IsEasyAuth) return Results.Redirect(EasyAuthHandler.SignOutPath);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.Redirect("/");
    }
}
