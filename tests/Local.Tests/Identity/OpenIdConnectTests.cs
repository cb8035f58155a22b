using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Interop.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Identity;

public sealed partial class OpenIdConnectTests : IAsyncLifetime
{
    SignInService service = null!;
    HostedPlatform platform = null!;

    public async Task InitializeAsync()
    {
        service = await SignInService.Start();
        platform = await HostedPlatform.Start(service.Address);
    }

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_OfAUserWithOrganisationAndRoles_LeadsBackToThePage()
    {
        Come("user-1", "northshire", "analyst", "administrator");

        using var page = await SignIn("/messages");
        using var messages = await platform.Browser.GetAsync(Api("northshire", "/messages"));
        using var audit = await platform.Browser.GetAsync(Api("northshire", "/audit/2026-01-01"));
        using var others = await platform.Browser.GetAsync(Api("southshire", "/messages"));

        Assert.Equal((HttpStatusCode.OK, "/messages"), (page.StatusCode, page.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (messages.StatusCode, audit.StatusCode, others.StatusCode));
    }

    [Fact]
    public async Task SignIn_AskedForByItsAddress_LeadsToThePageThatIsNamed()
    {
        Come("user-1", "northshire", "analyst");

        using var page = await SignIn("/signin?returnUrl=%2Fheld");
        using var again = await platform.Browser.GetAsync(new Uri("/signin?returnUrl=%2Fmessages", UriKind.Relative));

        Assert.Equal(("/held", "/messages"), (page.RequestMessage!.RequestUri!.AbsolutePath, again.RequestMessage!.RequestUri!.AbsolutePath));
    }

    [Theory]
    [InlineData("/signin?returnUrl=%2F%09%2Felsewhere.example")]
    [InlineData("/signin?returnUrl=%2F%2Felsewhere.example")]
    public async Task SignIn_AskedForWithAnotherSite_LeadsToThisOne(string path)
    {
        Come("user-1", "northshire", "analyst");
        using var page = await SignIn(path);
        Assert.Equal(platform.Browser.BaseAddress, page.RequestMessage!.RequestUri);
    }

    [Theory]
    [InlineData("eastshire", "analyst", "Your organisation, eastshire, is not known here.")]
    [InlineData("northshire", "", "You have no role here")]
    [InlineData("northshire", "king", "You have no role here")]
    [InlineData("", "analyst", "says no organisation for you")]
    [InlineData("North Shire", "analyst", "says no organisation for you")]
    public async Task SignIn_OfAnyoneElse_IsRefusedWithTheReason(string organisation, string role, string reason)
    {
        Come("user-2", organisation, role);

        using var page = await SignIn("/");
        using var api = await platform.Browser.GetAsync(Api("northshire", "/messages"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (page.StatusCode, api.StatusCode));
        Assert.Contains(reason, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var lines = await platform.Logged("northshire");
        Assert.Equal(reason.Contains("role", StringComparison.Ordinal) ? ["user-2"] : [], lines.Select(line => line.Data.Who.Id));
    }

    // By a page and by a bearer alike: the subject is another for each app, and nobody can look it up.
    [Theory]
    [InlineData("object-1", "object-1")]
    [InlineData("", "user-2")]
    [InlineData(null, "user-2")]
    public async Task Log_OfAUser_NamesTheObjectIdWhereThereIsOne(string? known, string expected)
    {
        Come("user-2", "northshire", "");
        if (known is not null) service.User["oid"] = known;
        using var page = await SignIn("/");
        var lines = await platform.Logged("northshire");
        Assert.Equal([expected], lines.Select(line => line.Data.Who.Id));
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(service.Signed(null));
        Assert.Equal(expected, InteropUser.Of(new ClaimsPrincipal(new ClaimsIdentity(token.Claims, "bearer")))!.Id);
    }

    [Fact]
    public async Task SignIn_Cancelled_IsAPageAndNoFailure()
    {
        using var asked = await platform.Browser.GetAsync(new Uri("/", UriKind.Relative));
        var state = Field(await asked.Content.ReadAsStringAsync(), "state");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("error", "access_denied"), KeyValuePair.Create("state", state)]);

        using var page = await platform.Browser.PostAsync(new Uri("/signin-oidc", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("The sign-in did not come to an end", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignInService.ClientId, HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Unauthorized)]
    public async Task Bearer_TokenOfTheService_IsTakenForThisAudience(string audience, HttpStatusCode expected)
    {
        Come("program-1", "northshire", "analyst");
        using var request = new HttpRequestMessage(HttpMethod.Get, Api("northshire", "/messages")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", service.Signed(null, audience)) } };

        using var answer = await platform.Browser.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task DevelopmentSignIn_IsNotOffered()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", "northshire"), KeyValuePair.Create("role", "administrator")]);

        using var answer = await platform.Browser.PostAsync(new Uri("/signin", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    void Come(string id, string organisation, params string[] roles)
    {
        service.User["sub"] = id;
        if (organisation.Length > 0) service.User["organisation"] = organisation;
        if (roles is not [""]) service.User["roles"] = roles;
    }

    // As a browser does it: asks for a page, is led to the service, and posts the form that the service shows.
    async Task<HttpResponseMessage> SignIn(string path)
    {
        using var asked = await platform.Browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(service.Address, asked.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority));
        var html = await asked.Content.ReadAsStringAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("code", Field(html, "code")), KeyValuePair.Create("state", Field(html, "state"))]);
        using var back = new HttpRequestMessage(HttpMethod.Post, Action().Match(html).Groups[1].Value) { Content = form, Headers = { { "Origin", service.Address } } };
        return await platform.Browser.SendAsync(back);
    }

    static Uri Api(string organisation, string path) => new($"/api/organisations/{organisation}{path}", UriKind.Relative);

    static string Field(string html, string name) => Fields().Matches(html).Single(match => match.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"", RegexOptions.None, 1_000)]
    private static partial Regex Fields();

    [GeneratedRegex("action=\"([^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Action();
}
