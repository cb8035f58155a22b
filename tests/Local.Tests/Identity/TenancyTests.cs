using System.Net;
using System.Net.Http.Headers;
using Interop.Platform.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Interop.Local.Tests.Identity;

/// <summary>Whose a token is, its tenant says; of a tenant that no definition names, nobody comes in, and the log of the organisation that was named says so.</summary>
public sealed class TenancyTests : IAsyncLifetime
{
    const string Northshire = "11111111-1111-4111-8111-111111111111";
    const string Southshire = "22222222-2222-4222-8222-222222222222";
    const string Nobody = "99999999-9999-4999-8999-999999999999";

    SignInService service = null!;
    HostedPlatform platform = null!;

    public async Task InitializeAsync()
    {
        service = await SignInService.Start();
        platform = await HostedPlatform.Start(service.Address, files => files
            .SetItem("organisations/northshire.yaml", files["organisations/northshire.yaml"] + $"sign-in-tenants: [{Northshire}]\n")
            .SetItem("organisations/southshire.yaml", files["organisations/southshire.yaml"] + $"sign-in-tenants: [{Southshire}]\n"));
    }

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        await service.DisposeAsync();
    }

    [Theory]
    [InlineData(Northshire, null, "northshire", HttpStatusCode.OK)]
    [InlineData(Northshire, "northshire", "northshire", HttpStatusCode.OK)]
    [InlineData(Northshire, null, "southshire", HttpStatusCode.NotFound)]
    [InlineData(Northshire, "southshire", "southshire", HttpStatusCode.Unauthorized)]
    [InlineData(Nobody, "northshire", "northshire", HttpStatusCode.Unauthorized)]
    [InlineData(Nobody, null, "northshire", HttpStatusCode.Unauthorized)]
    public async Task Bearer_OfATenant_ActsForTheOrganisationThatNamesIt(string tenant, string? claimed, string asked, HttpStatusCode expected)
    {
        (service.User["sub"], service.User["tid"], service.User["roles"]) = ("program-1", tenant, new[] { "analyst" });
        if (claimed is not null) service.User["organisation"] = claimed;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/organisations/{asked}/messages", UriKind.Relative)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", service.Signed(null)) } };
        using var answer = await platform.Browser.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);

        // Refused by name, where an organisation was named.
        var line = await Refusals(claimed ?? "northshire");
        if (expected == HttpStatusCode.Unauthorized && claimed is not null) Assert.Equal($"the tenant {tenant} is not one from which {claimed} signs in", Assert.Single(line));
        else Assert.Empty(line);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", "https://login.microsoftonline.com/" + Northshire + "/v2.0", true)]
    [InlineData("https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/" + Northshire + "/v2.0", true)]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", "https://login.microsoftonline.com/" + Nobody + "/v2.0", false)]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", "https://login.example/" + Northshire + "/v2.0", false)]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", "https://login.microsoftonline.com/organizations/v2.0", false)]
    public void Issuer_OfAToken_IsTheAuthorityOfItsOwnTenant(string authority, string issuer, bool isTaken)
    {
        var token = new JsonWebToken(new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor { Issuer = issuer, Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [Tenancy.TenantClaim] = Northshire } }));
        if (isTaken) Assert.Equal(issuer, Tenancy.Issuer(authority, issuer, token));
        else Assert.Throws<SecurityTokenInvalidIssuerException>(() => Tenancy.Issuer(authority, issuer, token));
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", true)]
    [InlineData("https://login.microsoftonline.com/common/v2.0", true)]
    [InlineData("https://login.microsoftonline.com/" + Northshire + "/v2.0", false)]
    [InlineData(null, false)]
    public void Authority_OfAllTenants_IsKnown(string? authority, bool expected) => Assert.Equal(expected, Tenancy.IsOfAllTenants(new SignInOptions { Authority = authority }));

    async Task<IEnumerable<string?>> Refusals(string organisation) =>
        (await platform.Logged(organisation)).Where(entry => entry.Data.Why?.StartsWith("the tenant", StringComparison.Ordinal) == true).Select(entry => entry.Data.Why);
}
