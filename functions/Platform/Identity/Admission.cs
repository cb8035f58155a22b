using System.Security.Claims;
using Interop.Core.Audit;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Portal.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Identity;

/// <summary>Whom the sign-in service sends and who is let in: a user of an organisation that is known here, with at least one role. All others read why not.</summary>
static class Admission
{
    const string NoUser = "The sign-in service says no organisation for you, or none that could be one (claim \"organisation\"). Ask your administrator to set it.";
    const string Failed = "The sign-in did not come to an end: it was cancelled, it took too long, or the sign-in service refused it.";

    /// <summary>Told of every user whose token is valid.</summary>
    public static async Task Check(TokenValidatedContext context)
    {
        if ((context.Principal is { } principal ? await Refusal(context.HttpContext, principal) : NoUser) is { } reason) context.Fail(new RefusedException(reason));
    }

    /// <summary>Why a user whom the sign-in service sends is not let in, in words for the user; null for one who is. Gives the user the organisation of the tenant.</summary>
    public static async Task<string?> Refusal(HttpContext context, ClaimsPrincipal principal)
    {
        if (await Tenancy.Refusal(context, principal) is { } foreign) return foreign;
        if (InteropUser.Of(principal) is not { } user) return NoUser;
        var isKnown = context.RequestServices.GetRequiredService<DefinitionRegistry>().Current.Organisations.ContainsKey(user.Organisation);
        if (isKnown && user.Roles.Any(role => Roles.All.Contains(role))) return null;
        if (isKnown) await Log(context, user);
        return isKnown
            ? $"You have no role here (claim \"roles\"). Ask your administrator for one of: {string.Join(", ", Roles.All)}."
            : $"Your organisation, {user.Organisation}, is not known here. Ask the people who run this platform to add it.";
    }

    /// <summary>Shows why a sign-in failed.</summary>
    public static async Task Show(RemoteFailureContext context)
    {
        context.HandleResponse();
        var reason = context.Failure as RefusedException ?? context.Failure?.InnerException as RefusedException;
        await Page(reason?.Message ?? Failed).ExecuteAsync(context.HttpContext);
    }

    /// <summary>The page that says why somebody is not let in.</summary>
    public static RazorComponentResult<SignInRefusedPage> Page(string reason) => new(new { Reason = reason }) { StatusCode = StatusCodes.Status403Forbidden };

    static Task Log(HttpContext context, InteropUser user) => context.RequestServices.GetRequiredService<RefusalLog>().Refused(
        user.Organisation, new AuditActor(AuditActorKind.User, user.Id), "signed in without a role", context.RequestAborted);
}

/// <summary>Why a user is not let in. What a person reads; other failures may hold what is not for them.</summary>
sealed class RefusedException(string reason) : Exception(reason);
