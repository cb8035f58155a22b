using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Interop.Platform.Connectors;

namespace Interop.Platform.Intake;

/// <summary>Proves that a call comes from the system it names: HMAC-SHA256 over timestamp and body, or a bearer key. Compares in constant time.</summary>
/// <remarks>Timestamps are held against the wall clock, not against business time, which a demo may scale.</remarks>
public sealed class SystemAuthenticator(ISecretStore secrets, TimeProvider wallClock)
{
    /// <summary>How far a timestamp may be from now, in either direction.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The header with the time of the call in Unix seconds.</summary>
    public const string TimestampHeader = "X-Interop-Timestamp";

    /// <summary>The header with <c>sha256=</c> and the signature in hexadecimal.</summary>
    public const string SignatureHeader = "X-Interop-Signature";

    /// <summary>The header with a key, in the place of <c>Authorization</c>: for calls through what reads that itself, as App Service's own authentication does.</summary>
    public const string KeyHeader = "X-Interop-Key";

    const string SignaturePrefix = "sha256=";
    const string BearerPrefix = "Bearer ";

    /// <summary>Why the call is not authentic; null when it is. The reason goes to the audit, and to the caller only as 401.</summary>
    public async ValueTask<string?> Refusal(SystemDefinition system, IncomingMessage incoming, CancellationToken cancellation)
    {
        var key = await secrets.Read(SecretNames.Inbound(system), cancellation);
        return key is null ? "the system has no key here"
            : system.Inbound == InboundAuthentication.Bearer ? BearerRefusal(key, incoming)
            : SignatureRefusal(key, incoming);
    }

    /// <summary>How a system proves itself, for whoever sets one up.</summary>
    public static string Remedy(SystemDefinition system) => system.Inbound == InboundAuthentication.Bearer
        ? $"This system sends its key in the header Authorization, as \"Bearer <key>\", or alone in the header {KeyHeader}."
        : $"This system signs: {TimestampHeader} is the time in Unix seconds, at most {Window.TotalMinutes:0} minutes off; {SignatureHeader} is \"{SignaturePrefix}\" and, in hexadecimal, the HMAC-SHA256 under its key of the timestamp, a full stop and the body.";

    /// <summary>The signature of a body at a time, as both sides compute it.</summary>
    public static string Sign(string key, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return SignaturePrefix + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    static string? BearerRefusal(string key, IncomingMessage incoming)
    {
        if (incoming.Header(KeyHeader) is { } alone) return Same(alone, key) ? null : "the key is wrong";
        var given = incoming.Header("Authorization");
        if (given is null) return $"no Authorization or {KeyHeader} header";
        if (!given.StartsWith(BearerPrefix, StringComparison.Ordinal)) return "the Authorization header is no bearer token";
        return Same(given[BearerPrefix.Length..], key) ? null : "the bearer key is wrong";
    }

    string? SignatureRefusal(string key, IncomingMessage incoming)
    {
        var timestamp = incoming.Header(TimestampHeader);
        var signature = incoming.Header(SignatureHeader);
        if (timestamp is null || signature is null) return $"no {TimestampHeader} or no {SignatureHeader} header";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return "the timestamp is no Unix time in seconds";

        // The signature first: only its holder learns that the timestamp alone was wrong.
        if (!Same(signature, Sign(key, timestamp, incoming.Body.Span))) return "the signature is wrong";
        var age = wallClock.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds;
        return Math.Abs(age) > (decimal)Window.TotalSeconds ? "the timestamp is outside the window of five minutes" : null;
    }

    // Both are hashed first, so that neither content nor length shows in the time taken.
    static bool Same(string given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));
}
