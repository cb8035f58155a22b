using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>An API key <c>{name}-{iss uuid}-{secret uuid}</c>; the two identifiers are its last 73 characters.</summary>
internal sealed record NotifyKey(string ServiceId, string Secret)
{
    const int UuidLength = 36;

    public static NotifyKey Parse(string key)
    {
        const int tail = (2 * UuidLength) + 1;
        if (key.Length < tail + 2 || !Guid.TryParseExact(key[^UuidLength..], "D", out _) || !Guid.TryParseExact(key[^tail..^(UuidLength + 1)], "D", out _))
            throw new FormatException("A key of GOV.UK Notify reads {name}-{service uuid}-{secret uuid}.");
        return new NotifyKey(key[^tail..^(UuidLength + 1)], key[^UuidLength..]);
    }
}

/// <summary>Checks the JSON Web Token of a call as the real API does, in its order.</summary>
internal static class NotifyToken
{
    /// <summary>How far <c>iat</c> may be from the API's clock.</summary>
    public const int ToleranceSeconds = 30;

    /// <summary>Null if the call may go on, else the refusal.</summary>
    public static NotifyAnswer? Check(string? authorization, NotifyKey key, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(authorization)) return Refused(401, "Unauthorized: authentication token must be provided");
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Refused(401, "Unauthorized: authentication bearer scheme must be used");
        var parts = authorization["Bearer ".Length..].Split('.');
        if (parts.Length != 3 || Decoded(parts[0]) is not { } header || Decoded(parts[1]) is not { } payload)
            return Refused(403, "Invalid token: signature, api token is not valid");
        if (header["alg"].StringOrNull != "HS256") return Refused(403, "Invalid token: algorithm used is not HS256");
        if (payload["iss"].StringOrNull is not { } issuer) return Refused(403, "Invalid token: iss field not provided");
        if (!Guid.TryParse(issuer, out _)) return Refused(403, "Invalid token: service id is not the right data type");
        if (!string.Equals(issuer, key.ServiceId, StringComparison.OrdinalIgnoreCase)) return Refused(403, "Invalid token: service not found");
        if (!IsSigned(parts, key.Secret)) return Refused(403, "Invalid token: API key not found");
        if (payload["iat"].Kind != JsonKind.Number) return Refused(403, "Invalid token: iat field not provided");
        return Math.Abs(payload["iat"].AsNumber() - now.ToUnixTimeSeconds()) > ToleranceSeconds
            ? Refused(403, "Error: Your system clock must be accurate to within 30 seconds")
            : null;
    }

    /// <summary>A token as a client makes it.</summary>
    public static string Create(string issuer, string secret, DateTimeOffset issuedAt)
    {
        var signed = $"{Encoded("""{"typ":"JWT","alg":"HS256"}""")}.{Encoded($$"""{"iss":"{{issuer}}","iat":{{issuedAt.ToUnixTimeSeconds()}}}""")}";
        return $"{signed}.{Base64Url.EncodeToString(Mac(signed, secret))}";
    }

    static bool IsSigned(string[] parts, string secret)
    {
        var bytes = Encoding.ASCII.GetBytes(parts[2]);
        return Base64Url.IsValid(bytes) && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromUtf8(bytes), Mac($"{parts[0]}.{parts[1]}", secret));
    }

    static byte[] Mac(string text, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));

    static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static JsonValue? Decoded(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        var parsed = JsonValue.Parse(Base64Url.DecodeFromChars(part));
        return parsed.Succeeded ? parsed.Value : null;
    }

    static NotifyAnswer Refused(int status, string message) => NotifyAnswer.Error(status, "AuthError", message);
}
