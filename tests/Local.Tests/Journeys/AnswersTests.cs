using System.Text;
using Interop.Core.Json;

namespace Interop.Local.Tests.Journeys;

/// <summary>Every error of the API is problem details that say what is wrong.</summary>
public sealed class AnswersTests
{
    [Fact]
    public async Task Errors_AreProblemDetailsWithTheReason()
    {
        (string Method, string Path, int Status, string Says)[] cases =
        [
            ("GET", "/api/nothing", 404, "Nothing is at this address"),
            ("PUT", "/api/organisations/northshire/messages", 405, "does not take that method"),
            ("GET", "/api/organisations/northshire/messages?day=yesterday", 400, "day\" from \"yesterday\""),
            ("POST", "/api/organisations/northshire/systems/rms/messages/status-event", 415, "Content-Type"),
            ("GET", "/api/organisations/northshire/audit/2026-01-01", 403, "Your roles do not allow this"),
            ("GET", "/api/organisations/southshire/messages", 404, "no organisation of that id"),
        ];
        await using var platform = await TestPlatform.Start();
        using var nobody = await platform.Client.GetAsync(CaseDesk.Of("/messages"));
        Assert.Contains("Nobody is signed in", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await platform.SignIn("northshire", "analyst");

        foreach (var (method, path, status, says) in cases)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/x-www-form-urlencoded");
            using var answer = await platform.Client.SendAsync(request);
            var problem = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value;
            Assert.True((int)answer.StatusCode == status && answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{method} {path}: {(int)answer.StatusCode}");
            Assert.Contains(says, problem["detail"].StringOrNull, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("online-contact", "incident-report", "X-Interop-Signature")]
    [InlineData("command-and-control", "attendance", "Authorization")]
    public async Task Unauthenticated_SaysHowTheSystemProvesItself(string system, string type, string header)
    {
        await using var platform = await TestPlatform.Start();

        using var answer = await platform.Post(system, type, "{}"u8.ToArray(), key: "wrong");

        Assert.Contains(header, JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["detail"].StringOrNull, StringComparison.Ordinal);
    }
}
