using System.Net;
using Interop.Azure.Tests.World;

namespace Interop.Azure.Tests.Hosting;

/// <summary>The API and the portal through the one handler that the catch-all function has.</summary>
public sealed class SiteTests
{
    [Theory]
    [InlineData("/health", HttpStatusCode.OK, "healthy")]
    [InlineData("/signin", HttpStatusCode.OK, "<html")]
    [InlineData("/api/organisations/northshire/runs", HttpStatusCode.Unauthorized, "")]
    [InlineData("/no/such/page", HttpStatusCode.NotFound, "")]
    public async Task Answer_OfAnAddress_IsThePlatforms(string path, HttpStatusCode status, string part)
    {
        await using var platform = await AzurePlatform.Start();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = platform.Address };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(status == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(answer.Headers.GetValues("X-Content-Type-Options"));
    }
}
