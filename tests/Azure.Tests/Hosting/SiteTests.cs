using System.Net;
using Interop.Azure.Tests.World;
using Interop.Platform.Connectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.Hosting;

/// <summary>The API and the portal through the one handler that the catch-all function has.</summary>
public sealed class SiteTests
{
    [Fact]
    public async Task Answer_OfAnAddress_IsThePlatforms()
    {
        await using var platform = await AzurePlatform.Start();
        await Answers(platform, "/health", HttpStatusCode.OK, "healthy");
        await Answers(platform, "/signin", HttpStatusCode.OK, "<html");
        await Answers(platform, "/api/organisations/northshire/runs", HttpStatusCode.Unauthorized, "");
        await Answers(platform, "/no/such/page", HttpStatusCode.NotFound, "");
    }

    [Fact]
    public async Task Answer_ThatFails_IsLoggedWithItsPlaceAndWithoutWhatTheFaultQuotes()
    {
        using var log = new LogLines();
        await using var platform = await AzurePlatform.Start(new AzureWorld { Services = services => services.AddSingleton<ILoggerProvider>(log).AddSingleton<ISecretStore>(new Broken()) });
        using var client = new HttpClient { BaseAddress = platform.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organisations/northshire/systems/command-and-control/messages/attendance") { Content = new StringContent("<a/>", System.Text.Encoding.UTF8, "application/xml"), Headers = { Authorization = new("Bearer", "a key") } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var line = Assert.Single(log.Of("RequestFailed"));
        Assert.Contains("POST /api/organisations/{organisation}/systems/{system}/messages/{type}", line, StringComparison.Ordinal);
        Assert.Contains(nameof(Broken), line, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, logged => logged.Text.Contains("Ann", StringComparison.Ordinal));
    }

    static async Task Answers(AzurePlatform platform, string path, HttpStatusCode status, string part)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = platform.Address };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{path}: {said}");
        Assert.Contains(part, said, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(answer.Headers.GetValues("X-Content-Type-Options"));
    }

    sealed class Broken : ISecretStore
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => throw new InvalidOperationException("Ann Example is known.");
    }
}
