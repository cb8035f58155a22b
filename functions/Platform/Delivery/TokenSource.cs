using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Interop.Core;
using Interop.Core.Json;

namespace Interop.Platform.Delivery;

/// <summary>Gets access tokens for calls (OAuth 2.0, OpenID Connect), and keeps each in memory until shortly before it ends. By the wall clock: the other side uses it, too.</summary>
sealed class TokenSource(IHttpClientFactory clients)
{
    const int MostKept = 1_000;
    const string Discovery = "/.well-known/openid-configuration";
    const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    /// <summary>A token by a policy: the members of <c>oauth2</c> or <c>oidc</c>.</summary>
    public async Task<Outcome<string>> Get(JsonValue policy, bool isOpenIdConnect, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        // The key holds a client's secret, so only its hash is kept.
        var key = Convert.ToHexStringLower(SHA256.HashData(policy.ToUtf8()));
        if (kept.TryGetValue(key, out var known) && known.Until > now) return known.Token;
        var address = await Address(policy, isOpenIdConnect, cancellation);
        if (!address.Succeeded) return address.Problems;
        using var request = Request(policy, address.Value);
        using var response = await clients.CreateClient(SystemTransport.Client).SendAsync(request, cancellation);
        var answer = JsonValue.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        if (!response.IsSuccessStatusCode || !answer.Succeeded || answer.Value["access_token"].StringOrNull is not { } token)
            return new Problem("token", $"{address.Value.Host} gave no token ({(int)response.StatusCode}{(answer.Succeeded && answer.Value["error"].StringOrNull is { } error ? $", {Problem.Preview(error)}" : "")}).");
        if (policy["issuers"].Count > 0 && !policy["issuers"].Items.Any(issuer => issuer == IssuerOf(token))) return new Problem("token", $"The token of {address.Value.Host} is of an issuer that the definition does not name.");
        if (kept.Count >= MostKept) kept.Clear();
        if (answer.Value["expires_in"].Kind == JsonKind.Number) kept[key] = (token, now + TimeSpan.FromSeconds(Math.Clamp(answer.Value["expires_in"].AsNumber(), 0, 86_400)) - Early);
        return token;
    }

    async Task<Outcome<Uri>> Address(JsonValue policy, bool isOpenIdConnect, CancellationToken cancellation)
    {
        var authority = (policy["authority"].StringOrNull ?? "").TrimEnd('/');
        if (!isOpenIdConnect) return At(authority + (policy["endpoints"]["token"].StringOrNull ?? "/oauth2/token"));
        var described = At(authority.EndsWith(Discovery, StringComparison.Ordinal) ? authority : authority + Discovery);
        if (!described.Succeeded) return described;
        using var response = await clients.CreateClient(SystemTransport.Client).GetAsync(described.Value, cancellation);
        var answer = JsonValue.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        return answer.Succeeded ? At(answer.Value["token_endpoint"].StringOrNull ?? "") : new Problem("token", $"{described.Value} does not describe where tokens are given.");
    }

    static Outcome<Uri> At(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : new Problem("token", $"\"{Problem.Preview(text)}\" is no http or https address to get a token at.");

    static HttpRequestMessage Request(JsonValue policy, Uri address)
    {
        var client = policy["client"];
        var how = client["authentication"].StringOrNull ?? "client_secret_post";
        var (id, secret) = (client["id"].StringOrNull, client["secret"].StringOrNull);
        var (subject, actor) = (policy["subject"], policy["actor"]);
        (string Name, string? Value)[] fields =
        [
            ("grant_type", policy["grant"].StringOrNull),
            ("client_id", how == "client_secret_basic" ? null : id),
            ("client_secret", how == "client_secret_post" ? secret : null),
            ("client_assertion_type", how.EndsWith("_jwt", StringComparison.Ordinal) ? "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" : null),
            ("client_assertion", how.EndsWith("_jwt", StringComparison.Ordinal) ? client["assertion"].StringOrNull : null),
            ("scope", policy["scopes"].Count > 0 ? string.Join(' ', policy["scopes"].Items.Select(scope => scope.StringOrNull)) : null),
            ("username", policy["grant"] == "password" ? policy["username"].StringOrNull : null),
            ("password", policy["grant"] == "password" ? policy["password"].StringOrNull : null),
            ("subject_token", policy["grant"] == Exchange ? subject["token"].StringOrNull : null),
            ("subject_token_type", policy["grant"] == Exchange ? subject["type"].StringOrNull : null),
            ("actor_token", policy["grant"] == Exchange ? actor["token"].StringOrNull : null),
            ("actor_token_type", policy["grant"] == Exchange ? actor["type"].StringOrNull : null),
        ];
        var given = fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)).Concat(policy["audiences"].Items.Select(audience => KeyValuePair.Create("audience", audience.StringOrNull ?? ""))).ToArray();
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = policy["request"]["encoding"].StringOrNull == "application/json"
            ? new StringContent(JsonValue.Of(given.Select(field => KeyValuePair.Create(field.Key, JsonValue.Of(field.Value)))).ToString(), Encoding.UTF8, "application/json")
            : new FormUrlEncodedContent(given);
        if (how == "client_secret_basic") request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id ?? "")}:{Uri.EscapeDataString(secret ?? "")}")));
        return request;
    }

    static JsonValue IssuerOf(string token)
    {
        if (token.Split('.') is not [_, var payload, _]) return JsonValue.Null;
        var text = payload.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) && JsonValue.Parse(bytes.AsSpan(0, length)) is { Succeeded: true } claims ? claims.Value["iss"] : JsonValue.Null;
    }
}
