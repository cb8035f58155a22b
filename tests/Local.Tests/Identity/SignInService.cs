using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Interop.Local.Tests.Identity;

/// <summary>A small OpenID Connect provider: discovery, keys, authorisation with PKCE, tokens signed with RS256. It lets in whoever comes, as the user it was told.</summary>
sealed class SignInService : IAsyncDisposable
{
    public const string ClientId = "interop-tests";

    readonly WebApplication web;
    readonly RSA key = RSA.Create(2048);
    readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> codes = new();

    SignInService(WebApplication web) => this.web = web;

    public string Address => web.Urls.First();

    /// <summary>The claims of the next user.</summary>
    public Dictionary<string, object> User { get; } = new(StringComparer.Ordinal);

    public static async Task<SignInService> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(LoopbackCertificate.Value)));
        builder.Services.AddRoutingCore();
        var service = new SignInService(builder.Build());
        service.web.MapGet("/.well-known/openid-configuration", service.Discovery);
        service.web.MapGet("/keys", service.Keys);
        service.web.MapGet("/authorize", (Delegate)service.Authorize);
        service.web.MapPost("/token", (Delegate)service.Token);
        await service.web.StartAsync();
        return service;
    }

    /// <summary>A token as this service signs it.</summary>
    public string Signed(string? nonce, string audience = ClientId)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(User, StringComparer.Ordinal);
        if (nonce is not null) claims["nonce"] = nonce;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = audience, Claims = claims, IssuedAt = now, NotBefore = now.AddMinutes(-1), Expires = now.AddMinutes(5),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        key.Dispose();
    }

    IResult Discovery() => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["issuer"] = Address, ["authorization_endpoint"] = $"{Address}/authorize", ["token_endpoint"] = $"{Address}/token", ["jwks_uri"] = $"{Address}/keys",
        ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "pairwise" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    });

    IResult Keys()
    {
        var open = key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } } });
    }

    // The page of a sign-in service that needs no clicks: a form that the browser posts back.
    IResult Authorize(HttpContext context)
    {
        var asked = context.Request.Query;
        if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["response_mode"] != "form_post" || asked["code_challenge_method"] != "S256") return Results.BadRequest();
        var code = Guid.NewGuid().ToString();
        codes[code] = (asked["nonce"].ToString(), asked["code_challenge"].ToString());
        return Results.Content($"""<form method="post" action="{asked["redirect_uri"]}"><input name="code" value="{code}"><input name="state" value="{asked["state"]}"></form>""", "text/html");
    }

    async Task<IResult> Token(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var verifier = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        return codes.TryRemove(form["code"].ToString(), out var known) && Base64UrlEncoder.Encode(verifier) == known.Challenge
            ? Results.Json(new { access_token = Signed(null), id_token = Signed(known.Nonce), token_type = "Bearer", expires_in = 300 })
            : Results.BadRequest(new { error = "invalid_grant" });
    }
}
