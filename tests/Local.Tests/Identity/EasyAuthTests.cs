using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Identity.EasyAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Identity;

/// <summary>Sign-in by App Service's own authentication: the header is believed only where the host says that it stands behind it, and admits whom OpenID Connect would admit.</summary>
public sealed class EasyAuthTests(EasyAuthTests.Behind behind) : IClassFixture<EasyAuthTests.Behind>
{
    const string Northshire = "11111111-1111-4111-8111-111111111111";
    const string Nobody = "99999999-9999-4999-8999-999999999999";
    const string LongTenant = "http://schemas.microsoft.com/identity/claims/tenantid";
    const string LongObject = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    const string Authority = "https://login.microsoftonline.com/organizations/v2.0";

    static readonly (string, string)[] Ann = [(LongTenant, Northshire), (ClaimTypes.NameIdentifier, "user-1"), ("roles", "analyst")];

    readonly HostedPlatform platform = behind.Platform;

    // What Easy Auth tells, and what becomes of a call of the API.
    public static TheoryData<string, string?, HttpStatusCode> Headers => new()
    {
        { "the longer names", Told(Ann), HttpStatusCode.OK },
        { "the names of the token", Told([("tid", Northshire), ("sub", "user-1"), ("roles", "analyst")]), HttpStatusCode.OK },
        { "the longer name of a role", Told([.. Ann[..2], (ClaimTypes.Role, "analyst")]), HttpStatusCode.OK },
        { "one claim under both names", Told([.. Ann, ("tid", Northshire), ("sub", "user-1")]), HttpStatusCode.OK },
        { "the organisation too", Told([.. Ann, ("organisation", "northshire")]), HttpStatusCode.OK },
        { "nobody", null, HttpStatusCode.Unauthorized },
        { "another organisation's name", Told([.. Ann, ("organisation", "southshire")]), HttpStatusCode.Forbidden },
        { "a tenant that is not known", Told([(LongTenant, Nobody), .. Ann[1..]]), HttpStatusCode.Forbidden },
        { "no tenant", Told([.. Ann[1..], ("organisation", "northshire")]), HttpStatusCode.Forbidden },
        { "two tenants", Told([.. Ann, ("tid", Nobody)]), HttpStatusCode.Forbidden },
        { "an object id and no other", Told([Ann[0], ("oid", "object-1"), Ann[2]]), HttpStatusCode.OK },
        { "two objects", Told([.. Ann, ("oid", "object-1"), (LongObject, "object-2")]), HttpStatusCode.Forbidden },
        { "two users", Told([.. Ann, ("sub", "user-2")]), HttpStatusCode.Forbidden },
        { "no user", Told([Ann[0], Ann[2]]), HttpStatusCode.Forbidden },
        { "no role", Told(Ann[..2]), HttpStatusCode.Forbidden },
        { "a role that is none", Told([.. Ann[..2], ("roles", "king")]), HttpStatusCode.Forbidden },
        { "another sign-in service", Told(Ann, "github"), HttpStatusCode.Forbidden },
        { "no base64", "{ }", HttpStatusCode.Forbidden },
        { "no JSON", Base64("nobody"), HttpStatusCode.Forbidden },
        { "null", Base64("null"), HttpStatusCode.Forbidden },
        { "claims that are none", Base64("""{ "auth_typ": "aad", "claims": [ null, { "typ": "sub" }, { } ] }"""), HttpStatusCode.Forbidden },
        { "claims twice", Base64("""{ "auth_typ": "aad", "claims": [], "claims": [] }"""), HttpStatusCode.Forbidden },
        { "no text", Convert.ToBase64String([0xFF, 0xFE]), HttpStatusCode.Forbidden },
        { "deep", Base64(new string('[', 1_000)), HttpStatusCode.Forbidden },
        { "too much", Told([.. Ann, ("other", new string('x', ClientPrincipal.MostCharacters))]), HttpStatusCode.Forbidden },
        { "nothing", "", HttpStatusCode.Forbidden },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Api_ToWhomEasyAuthTellsOf_AnswersWhomOpenIdConnectWouldAdmit(string what, string? header, HttpStatusCode expected)
    {
        using var answer = await Ask(platform.Browser, "/api/organisations/northshire/messages", header);
        Assert.True(expected == answer.StatusCode, $"{what}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        using var health = await Ask(platform.Browser, "/health", header);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public void Header_ThatIsThereTwice_IsOfNobody() => Assert.False(ClientPrincipal.Read(new[] { Told(Ann), Told(Ann) }).Succeeded);

    [Theory]
    [MemberData(nameof(Headers))]
    public void Reason_WhyAHeaderCannotBeRead_QuotesNothingOfIt(string what, string? header, HttpStatusCode expected)
    {
        _ = expected;
        var said = string.Join(' ', ClientPrincipal.Read(header).Problems.Select(problem => problem.Message));
        Assert.False(new[] { "user-1", "user-2", Northshire, Nobody, "king" }.Any(said.Contains), $"{what}: {said}");
    }

    [Fact]
    public async Task Refusal_OfAUserWithoutARole_IsInTheLogOfTheOrganisation()
    {
        using var answer = await Ask(platform.Browser, "/api/organisations/northshire/messages", Told([Ann[0], ("sub", "user-without-a-role")]));
        var lines = await platform.Logged("northshire");
        Assert.Contains("user-without-a-role", lines.Select(line => line.Data.Who.Id));
        Assert.Contains("You have no role here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oid", "object-of-a-token")]
    [InlineData(LongObject, "object-of-easy-auth")]
    public async Task Log_OfWhatAUserDid_NamesThemByTheObjectId(string claim, string id)
    {
        using var answer = await Ask(platform.Browser, "/api/organisations/northshire/messages", Told([.. Ann[..2], (claim, id)]));
        var lines = await platform.Logged("northshire");
        Assert.Contains(id, lines.Select(line => line.Data.Who.Id));
    }

    [Theory]
    [InlineData("/messages?day=2026-01-01", "/.auth/login/aad?post_login_redirect_uri=%2Fmessages%3Fday%3D2026-01-01")]
    [InlineData("/signin?returnUrl=%2Fheld", "/.auth/login/aad?post_login_redirect_uri=%2Fheld")]
    [InlineData("/signin?returnUrl=https:%2F%2Felsewhere.example", "/.auth/login/aad?post_login_redirect_uri=%2F")]
    [InlineData("/signin?returnUrl=%2F%2Felsewhere.example", "/.auth/login/aad?post_login_redirect_uri=%2F")]
    [InlineData("/signin?returnUrl=%2F%09%2Felsewhere.example", "/.auth/login/aad?post_login_redirect_uri=%2F")]
    [InlineData("/signin?returnUrl=%2F%5Celsewhere.example", "/.auth/login/aad?post_login_redirect_uri=%2F")]
    public async Task Page_ToNobody_LeadsToEasyAuthAndBack(string asked, string expected)
    {
        using var page = await Ask(platform.Browser, asked, null);
        Assert.Equal(expected, page.RequestMessage!.RequestUri!.PathAndQuery);
    }

    // No page has such a path today; whatever is asked for by one leads nowhere else.
    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Challenge_OfAPathThatNamesAnotherSite_LeadsBackToThisOne(string path)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (context.Request.Method, context.Request.Path) = ("GET", path);
        await context.ChallengeAsync(EasyAuthHandler.Name);
        var back = Uri.UnescapeDataString(context.Response.Headers.Location.ToString().Split('=')[1]);
        Assert.Equal("here.example", new Uri(new Uri("https://here.example"), back).Host);
        Assert.False(back is ['/', '/' or '\\' or '\t', ..], back);
    }

    [Fact]
    public async Task Page_ToAUser_SignsOutThroughEasyAuth()
    {
        using var page = await Ask(platform.Browser, "/messages", Told(Ann));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("<a href=\"/.auth/logout\">Sign out</a>", html, StringComparison.Ordinal);
        using var signedIn = await Ask(platform.Browser, "/signin?returnUrl=%2Fheld", Told(Ann));
        Assert.Equal("/held", signedIn.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Page_ToAUserWhoIsRefused_SaysWhyAndLeadsNowhereByItself()
    {
        using var page = await Ask(platform.Browser, "/messages", Told(Ann[..2]));
        Assert.Equal((HttpStatusCode.Forbidden, "/messages"), (page.StatusCode, page.RequestMessage!.RequestUri!.PathAndQuery));
        Assert.Contains("You have no role here", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/justification", "own", HttpStatusCode.OK, "/messages")]
    [InlineData("/justification", "https://elsewhere.example", HttpStatusCode.Forbidden, "/justification")]
    [InlineData("/justification", "null", HttpStatusCode.Forbidden, "/justification")]
    [InlineData("/justification", null, HttpStatusCode.Forbidden, "/justification")]
    [InlineData("/api/organisations/northshire/work/none/resubmit", null, HttpStatusCode.NotFound, "/api/organisations/northshire/work/none/resubmit")]
    [InlineData("/api/organisations/northshire/work/none/resubmit", "https://elsewhere.example", HttpStatusCode.Forbidden, "/api/organisations/northshire/work/none/resubmit")]
    public async Task Form_OfAPageOfAnotherSite_IsRefused(string path, string? origin, HttpStatusCode expected, string ledTo)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("page", "/messages"), KeyValuePair.Create("justification", "the test")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form, Headers = { { ClientPrincipal.Header, Told([.. Ann[..2], ("roles", "integrator")]) } } };
        if (origin is not null) request.Headers.Add("Origin", origin == "own" ? platform.Browser.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        using var answer = await platform.Browser.SendAsync(request);
        Assert.Equal((expected, ledTo), (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath));
    }

    [Fact]
    public async Task ForgedHeader_WhereEasyAuthDoesNotStandInFront_SignsNobodyIn()
    {
        await using var service = await SignInService.Start();
        await using var own = await HostedPlatform.Start(service.Address);
        await using var embedded = await TestPlatform.Start();
        foreach (var client in new[] { own.Browser, embedded.Client })
        {
            using var answer = await Ask(client, "/api/organisations/northshire/messages", Told([.. Ann, ("organisation", "northshire")]));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            using var page = await Ask(client, "/messages", Told([.. Ann, ("organisation", "northshire")]));
            Assert.DoesNotContain("Sign out", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    static async Task<HttpResponseMessage> Ask(HttpClient client, string path, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept", path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html" } } };
        if (header is not null) request.Headers.TryAddWithoutValidation(ClientPrincipal.Header, header);
        return await client.SendAsync(request);
    }

    // As App Service writes it.
    static string Told((string Type, string Value)[] claims, string provider = "aad") => Base64(JsonSerializer.Serialize(new
    {
        auth_typ = provider, claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }), name_typ = ClaimTypes.Email, role_typ = ClaimTypes.Role,
    }));

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The platform behind Easy Auth, where northshire signs in from a tenant of its own.</summary>
    public sealed class Behind : IAsyncLifetime
    {
        internal HostedPlatform Platform { get; private set; } = null!;

        public async Task InitializeAsync() => Platform = await HostedPlatform.Start(
            Authority, files => files.SetItem("organisations/northshire.yaml", files["organisations/northshire.yaml"] + $"sign-in-tenants: [{Northshire}]\n"), isEasyAuth: true);

        public async Task DisposeAsync() => await Platform.DisposeAsync();
    }
}
