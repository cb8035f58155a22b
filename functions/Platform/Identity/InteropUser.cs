using System.Collections.Immutable;
using System.Security.Claims;
using Interop.Core.Messages;

namespace Interop.Platform.Identity;

/// <summary>What a signed-in user may do. The same names stand in tokens, on the embedded host and in Entra ID.</summary>
public static class Roles
{
    /// <summary>Reads runs, messages, incidents, clocks.</summary>
    public const string Analyst = "analyst";

    /// <summary>Also corrects and resubmits what is held.</summary>
    public const string Integrator = "integrator";

    /// <summary>Also lets deliveries to other organisations go again.</summary>
    public const string Approver = "approver";

    /// <summary>Also erases, and reads and verifies the audit log.</summary>
    public const string Administrator = "administrator";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Analyst, Integrator, Approver, Administrator];
}

/// <summary>Names of authorisation policies: what a user wants to do.</summary>
public static class Policies
{
    /// <summary>To read records: every role.</summary>
    public const string Read = "read";

    /// <summary>To correct and resubmit; a delivery to another organisation only an approver lets go, see <see cref="InteropUser.MayApprove"/>.</summary>
    public const string Resubmit = "resubmit";

    /// <summary>To suspend, resume, cancel and rerun.</summary>
    public const string Operate = "operate";

    /// <summary>To erase.</summary>
    public const string Erase = "erase";

    /// <summary>To read the audit log.</summary>
    public const string Audit = "audit";

    /// <summary>Which roles may do what.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Allowed { get; } = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        [Read] = Roles.All,
        [Resubmit] = [Roles.Integrator, Roles.Approver, Roles.Administrator],
        [Operate] = [Roles.Integrator, Roles.Approver, Roles.Administrator],
        [Erase] = [Roles.Administrator],
        [Audit] = [Roles.Administrator],
    }.ToImmutableDictionary(StringComparer.Ordinal);
}

/// <summary>A signed-in user: of one organisation, with roles.</summary>
/// <param name="Id">As the sign-in service names the user; stands in the audit log. Of Entra ID the object id, by which the organisation finds the person in its tenant.</param>
/// <param name="Organisation">The only organisation whose records the user sees.</param>
/// <param name="Roles">See <see cref="Identity.Roles"/>.</param>
public sealed record InteropUser(string Id, OrganisationId Organisation, ImmutableArray<string> Roles)
{
    /// <summary>Why the user looks at what this request asks for, in words; null when no reason was given.</summary>
    public string? Justification { get; init; }

    /// <summary>Whether deliveries to other organisations go again when this user says so.</summary>
    public bool MayApprove => Roles.Contains(Identity.Roles.Approver) || Roles.Contains(Identity.Roles.Administrator);

    /// <summary>The claim that names the organisation.</summary>
    public const string OrganisationClaim = "organisation";

    /// <summary>The claim that names a role.</summary>
    public const string RoleClaim = "roles";

    /// <summary>The claim that names the user, where there is no <see cref="ObjectClaim"/>.</summary>
    public const string IdClaim = "sub";

    /// <summary>The claim with the user's object id in the tenant. What Entra ID says in <see cref="IdClaim"/> is made for this app alone, and nobody can look up whose it is.</summary>
    public const string ObjectClaim = "oid";

    /// <summary>The user that a principal stands for; null without an organisation or id.</summary>
    public static InteropUser? Of(ClaimsPrincipal principal)
    {
        var organisation = OrganisationId.Parse(principal.FindFirstValue(OrganisationClaim));
        var id = IdOf(principal);
        return principal.Identity?.IsAuthenticated == true && organisation.Succeeded && id is not null
            ? new InteropUser(id, organisation.Value, [.. principal.FindAll(RoleClaim).Select(claim => claim.Value)])
            : null;
    }

    /// <summary>How the sign-in service names whom a principal stands for; null when it does not.</summary>
    public static string? IdOf(ClaimsPrincipal principal) => principal.FindFirstValue(ObjectClaim) is { Length: > 0 } known ? known : principal.FindFirstValue(IdClaim);

    /// <summary>Whether the user may do what a policy names.</summary>
    public bool May(string policy) => Policies.Allowed[policy].Any(role => Roles.Contains(role));
}
