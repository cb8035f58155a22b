using System.Net.Http.Headers;
using System.Text;
using Interop.Core;
using Interop.Platform.Connectors;
using Interop.Platform.Intake;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Interop.Platform.Delivery;

/// <summary>Proves the platform to a system, in the way its definition names. Uses the wall clock: the other side does too.</summary>
static class OutboundCredentials
{
    const int UuidLength = 36;
    const int LeastToken = 2 * UuidLength + 1;

    /// <summary>Adds the proof; the problem when there is no secret to make it of.</summary>
    public static async ValueTask<Problem?> Add(HttpRequestMessage request, SystemDefinition system, byte[] body, ISecretStore secrets, CancellationToken cancellation)
    {
        if (system.Outbound == OutboundAuthentication.None) return null;
        if (await secrets.Read(SecretNames.Outbound(system), cancellation) is not { Length: > 0 } key)
            return new Problem("secret", $"The secret {SecretNames.Outbound(system)} is missing. Add it to the host's secret store and resubmit.");
        switch (system.Outbound)
        {
            case OutboundAuthentication.Bearer:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                break;
            case OutboundAuthentication.Hmac:
                var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
                request.Headers.Add(SystemAuthenticator.TimestampHeader, timestamp);
                request.Headers.Add(SystemAuthenticator.SignatureHeader, SystemAuthenticator.Sign(key, timestamp, body));
                break;
            case OutboundAuthentication.JwtHs256 when key.Length < LeastToken:
                return new Problem("secret", $"The secret {SecretNames.Outbound(system)} is too short: an API key of GOV.UK Notify ends with two UUIDs. Put it right in the host's secret store and resubmit.");
            case OutboundAuthentication.JwtHs256:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(key));
                break;
        }

        return null;
    }

    // GOV.UK Notify: the API key is {name}-{iss uuid}-{secret uuid}; the token carries iss and iat alone.
    static string Token(string key)
    {
        var secret = key[^UuidLength..];
        var issuer = key[^LeastToken..^(UuidLength + 1)];
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        });
    }
}
