using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Interop.Platform.Delivery;

/// <summary>Answers a challenge of HTTP digest authentication (RFC 7616): MD5 and SHA-256, with <c>qop=auth</c> or none.</summary>
static partial class DigestAnswer
{
    const string FirstUse = "00000001";

    /// <summary>The header that proves the caller; null if the challenge asks for what is not known here.</summary>
    public static AuthenticationHeaderValue? To(string challenge, string method, string target, string user, string password, string clientNonce)
    {
        var asked = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        // The other side may repeat a parameter, against the standard: the first one counts.
        foreach (Match match in Parameter().Matches(challenge)) asked.TryAdd(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value);
        var algorithm = asked.GetValueOrDefault("algorithm", "MD5");
        if (!asked.TryGetValue("realm", out var realm) || !asked.TryGetValue("nonce", out var nonce) || Hash(algorithm, "") is null) return null;
        var isAuth = asked.GetValueOrDefault("qop", "").Split(',', StringSplitOptions.TrimEntries).Contains("auth");
        if (asked.ContainsKey("qop") && !isAuth) return null;
        var (who, what) = (Hash(algorithm, $"{user}:{realm}:{password}"), Hash(algorithm, $"{method}:{target}"));
        var response = Hash(algorithm, isAuth ? $"{who}:{nonce}:{FirstUse}:{clientNonce}:auth:{what}" : $"{who}:{nonce}:{what}");
        var header = $"username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{target}\", algorithm={algorithm}, response=\"{response}\"";
        if (isAuth) header += $", qop=auth, nc={FirstUse}, cnonce=\"{clientNonce}\"";
        if (asked.TryGetValue("opaque", out var opaque)) header += $", opaque=\"{opaque}\"";
        return new AuthenticationHeaderValue("Digest", header);
    }

    // Old servers know MD5 alone, so it is answered where it is asked for.
#pragma warning disable CA5351
    static string? Hash(string algorithm, string text) => algorithm.ToUpperInvariant() switch
    {
        "MD5" => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text))),
        "SHA-256" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        _ => null,
    };
#pragma warning restore CA5351

    [GeneratedRegex("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\", ]+))", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
