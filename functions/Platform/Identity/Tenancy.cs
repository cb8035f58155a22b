using System.Security.Claims;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Interop.Platform.Identity;

/// <summary>Which organisation a token speaks for: that whose definition names the token's tenant (<c>sign-in-tenants</c>); without one, that which the claim names, where the sign-in service is of one tenant alone.</summary>
static class Tenancy
{
    /// <summary>The claim with the tenant that issued the token; Entra ID sets it, and no tenant can set another's.</summary>
    public const string TenantClaim = "tid";

    // What stands in an authority for every tenant: the issuer of a token then names its own.
    static readonly string[] All = ["organizations", "common"];

    /// <summary>Whether tokens of every tenant come here, so that only those that a definition names may be believed.</summary>
    public static bool IsOfAllTenants(SignInOptions options) => Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && authority.Segments.Any(part => All.Contains(part.Trim('/')));

    /// <summary>Gives the user the organisation of the token's tenant. Why not, when the tenant is none of a known organisation, or of another than the claim names; then it is logged there.</summary>
    public static async Task<string?> Refusal(HttpContext context, ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue(TenantClaim) is not { Length: > 0 } tenant) return null;
        var definitions = context.RequestServices.GetRequiredService<DefinitionRegistry>().Current;
        var owner = definitions.Organisations.Values.FirstOrDefault(known => known.Tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase));
        var claimed = OrganisationId.Parse(principal.FindFirstValue(InteropUser.OrganisationClaim));
        var asked = claimed.Succeeded ? definitions.Organisations.GetValueOrDefault(claimed.Value) : null;
        if (owner is not null && (!claimed.Succeeded || claimed.Value == owner.Id))
        {
            if (!claimed.Succeeded) ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(InteropUser.OrganisationClaim, owner.Id.Value));
            return null;
        }

        var isByTenant = asked is null ? definitions.Organisations.Values.Any(known => !known.Tenants.IsEmpty) : !asked.Tenants.IsEmpty;
        if (owner is null && !isByTenant && !IsOfAllTenants(context.RequestServices.GetRequiredService<SignInOptions>())) return null;
        var reason = $"the tenant {tenant} is not one from which {(asked ?? owner)?.Id.Value ?? "an organisation here"} signs in";
        if ((asked ?? owner) is { } told) await Log(context, told.Id, principal, reason);
        return $"Your account is of a tenant that is not known here: {reason}. Ask the people who run this platform to add it to the organisation's definition.";
    }

    /// <summary>Takes a token's issuer when it is the authority with the token's own tenant in the place of all: the tenant itself is judged later, so that it can be refused by name.</summary>
    public static string Issuer(string authority, string issuer, SecurityToken token)
    {
        var tenant = token is JsonWebToken web && web.TryGetPayloadValue<string>(TenantClaim, out var named) && Guid.TryParse(named, out _) ? named : null;
        if (tenant is not null && All.Any(all => authority.Contains($"/{all}/", StringComparison.Ordinal) && authority.Replace($"/{all}/", $"/{tenant}/", StringComparison.Ordinal) == issuer)) return issuer;
        throw new SecurityTokenInvalidIssuerException("The issuer is not that of the tenant which the token names.") { InvalidIssuer = issuer };
    }

    static Task Log(HttpContext context, OrganisationId organisation, ClaimsPrincipal principal, string reason) => context.RequestServices.GetRequiredService<RefusalLog>().Refused(
        organisation, new AuditActor(AuditActorKind.User, InteropUser.IdOf(principal) ?? ""), reason, context.RequestAborted);
}
