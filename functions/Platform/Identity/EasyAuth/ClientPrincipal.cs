using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Core;
using Microsoft.Extensions.Primitives;

namespace Interop.Platform.Identity.EasyAuth;

/// <summary>Who comes, as App Service's own authentication (Easy Auth) tells it in a header: JSON in base64. It gives some claims longer names than their token has; here they have those of the token.</summary>
static class ClientPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The longest that is decoded: half of what a server takes of all headers together.</summary>
    public const int MostCharacters = 16 * 1024;

    // As Easy Auth calls Entra ID. Whatever other provider somebody may set up there, its claims mean something else.
    const string EntraId = "aad";

    static readonly JsonSerializerOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [InteropUser.IdClaim] = InteropUser.IdClaim,
        [ClaimTypes.NameIdentifier] = InteropUser.IdClaim,
        [InteropUser.ObjectClaim] = InteropUser.ObjectClaim,
        ["http://schemas.microsoft.com/identity/claims/objectidentifier"] = InteropUser.ObjectClaim,
        [Tenancy.TenantClaim] = Tenancy.TenantClaim,
        ["http://schemas.microsoft.com/identity/claims/tenantid"] = Tenancy.TenantClaim,
        [InteropUser.OrganisationClaim] = InteropUser.OrganisationClaim,
        [InteropUser.RoleClaim] = InteropUser.RoleClaim,
        [ClaimTypes.Role] = InteropUser.RoleClaim,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What a user has one of.
    static readonly ImmutableArray<string> Single = [InteropUser.IdClaim, InteropUser.ObjectClaim, Tenancy.TenantClaim, InteropUser.OrganisationClaim];

    /// <summary>The claims that the platform looks at; or why there are none, in words that name nobody.</summary>
    public static Outcome<ClaimsPrincipal> Read(StringValues header)
    {
        if (header is not [{ } text]) return Unreadable("the header is there more than once");
        if (text.Length > MostCharacters) return Unreadable($"the header has more than {MostCharacters} characters");
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return Unreadable("the header is no base64");
        if (Parsed(bytes.AsSpan(0, length)) is not { } told) return Unreadable("the header is no JSON of the form that App Service writes");
        if (told.Provider != EntraId) return Unreadable("it is of another sign-in service than Entra ID");
        ImmutableArray<Claim> claims = [.. (told.Claims ?? []).Where(claim => claim is { Type: not null, Value: not null } && Names.ContainsKey(claim.Type)).Select(claim => (Names[claim!.Type!], claim.Value!)).Distinct().Select(claim => new Claim(claim.Item1, claim.Item2))];
        if (Single.FirstOrDefault(name => claims.Count(claim => claim.Type == name) > 1) is { } twice) return Unreadable($"the claim \"{twice}\" has more than one value");
        return claims.Any(claim => claim.Type == Tenancy.TenantClaim)
            ? new ClaimsPrincipal(new ClaimsIdentity(claims, EasyAuthHandler.Name, InteropUser.IdClaim, InteropUser.RoleClaim))
            : Unreadable($"the claim \"{Tenancy.TenantClaim}\" is missing");
    }

    static Told? Parsed(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Told>(json, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static Outcome<ClaimsPrincipal> Unreadable(string reason) => new Problem("client-principal", reason);

    sealed record Told([property: JsonPropertyName("auth_typ")] string? Provider, [property: JsonPropertyName("claims")] ToldClaim?[]? Claims);

    sealed record ToldClaim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
}
