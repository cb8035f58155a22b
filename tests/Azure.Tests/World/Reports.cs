using System.Net;
using System.Text;
using Interop.Core.Json;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Intake;

namespace Interop.Azure.Tests.World;

/// <summary>Sends the report of an incident as the online contact system does.</summary>
static class Reports
{
    /// <summary>The message's id.</summary>
    public static async Task<string> Send(AzurePlatform platform, string? trace = null, string? id = null, Func<string, string>? text = null)
    {
        var body = Encoding.UTF8.GetBytes((text ?? (report => report))(TestPlatform.Report));
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var client = new HttpClient { BaseAddress = platform.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organisations/northshire/systems/online-contact/messages/incident-report") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SystemAuthenticator.TimestampHeader, timestamp);
        request.Headers.Add(SystemAuthenticator.SignatureHeader, SystemAuthenticator.Sign(platform.Keys.All["northshire/online-contact/inbound"], timestamp, body));
        if (trace is not null) request.Headers.Add("traceparent", trace);
        if (id is not null) request.Headers.Add("ce-id", id);
        using var answer = await client.SendAsync(request);
        var said = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, Encoding.UTF8.GetString(said));
        return JsonValue.Parse(said).Value["id"].AsString();
    }
}
