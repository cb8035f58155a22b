using System.Net.Http.Headers;
using System.Text;
using Interop.Core.Json;
using Interop.Local.Simulators;
using Interop.Local.Simulators.Notify;

namespace Interop.Local.Tests.Simulators;

/// <summary>The simulated systems on free ports with keys made for tests, and calls to them as the platform makes them.</summary>
sealed class TestSystems(SimulatedSystems systems, TimeProvider wall) : IAsyncDisposable
{
    public const string NotifyKey = "northshire-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";

    public static readonly IReadOnlyDictionary<string, string> Keys = SimulatedSystems.KeyNames.ToDictionary(
        name => name, name => name == "northshire/notify/outbound" ? NotifyKey : $"key-of-{name.Replace('/', '-')}", StringComparer.Ordinal);

    static readonly HttpClient Http = new();

    public SimulatedSystems Systems => systems;

    public static async Task<TestSystems> StartAsync(
        TimeProvider clock, TimeProvider? wall = null, JourneyPlan? plan = null, NotifyOptions? notify = null, FakePlatform? platform = null)
    {
        wall ??= TimeProvider.System;
        var started = await SimulatedSystems.StartAsync(new SimulatedSystemsOptions
        {
            Keys = Keys, Clock = clock, Wall = wall, Plan = plan ?? new JourneyPlan(), Notify = notify ?? new NotifyOptions(),
        });
        if (platform is not null) started.Value.Connect(platform.Address);
        return new TestSystems(started.Value, wall);
    }

    public string Token(DateTimeOffset? at = null)
    {
        var key = Local.Simulators.Notify.NotifyKey.Parse(NotifyKey);
        return "Bearer " + NotifyToken.Create(key.ServiceId, key.Secret, at ?? wall.GetUtcNow());
    }

    public Task<(int Status, JsonValue Body)> NotifyAsync(string type, string body, string? token = null) =>
        CallAsync(HttpMethod.Post, new Uri(systems.Notify.Address, $"/v2/notifications/{type}"), body, ("Authorization", token ?? Token()));

    public Task<(int Status, JsonValue Body)> NotifyGetAsync(string path) =>
        CallAsync(HttpMethod.Get, new Uri(systems.Notify.Address, path), null, ("Authorization", Token()));

    public Task<(int Status, JsonValue Body)> OccurrenceAsync(string effect, string body, string? key = null) => CallAsync(
        HttpMethod.Post, new Uri(systems.Rms.Address, "/api/occurrences"), body,
        ("Authorization", $"Bearer {key ?? Keys["northshire/rms/outbound"]}"), ("Idempotency-Key", effect));

    public async Task<(int Status, string Body)> CaseFileAsync(string effect, string body, string? key = null)
    {
        var timestamp = wall.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = PlatformSender.Signature(key ?? Keys["cps/case-management/outbound"], timestamp, Encoding.UTF8.GetBytes(body));
        return await SendAsync(
            HttpMethod.Post, new Uri(systems.CaseManagement.Address, "/case-files"), body, "application/xml",
            ("X-Interop-Timestamp", timestamp), ("X-Interop-Signature", $"sha256={signature}"), ("Idempotency-Key", effect));
    }

    public static async Task<(int Status, JsonValue Body)> CallAsync(HttpMethod method, Uri uri, string? body, params (string Name, string Value)[] headers)
    {
        var (status, text) = await SendAsync(method, uri, body, "application/json", headers);
        return (status, text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text).Value);
    }

    static async Task<(int Status, string Body)> SendAsync(HttpMethod method, Uri uri, string? body, string contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        foreach (var (name, value) in headers) if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => systems.DisposeAsync();
}
