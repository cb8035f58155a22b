using System.Net;
using Interop.Core.Json;

namespace Interop.Local.Demo;

/// <summary>Asks the platform how the journey ended: over its HTTP API, signed in as an analyst, as anybody would.</summary>
static class PlatformReports
{
    public static async Task<PlatformReport> Of(Uri platform, string organisation, string? run, CancellationToken cancellation)
    {
        if (run is null) return new PlatformReport([], [], [], [], []);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = platform };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", organisation), KeyValuePair.Create("role", "analyst")]);
        using (await client.PostAsync(new Uri("/signin", UriKind.Relative), form, cancellation)) { }
        var seen = await Get(client, $"/api/organisations/{organisation}/runs/{run}", cancellation);
        var own = seen["timeline"].Items.Select(entry => entry["id"].StringOrNull).Append(run).ToHashSet(StringComparer.Ordinal);
        var held = (await Get(client, $"/api/organisations/{organisation}/held", cancellation)).Items.Where(item => own.Contains(item["run"].StringOrNull) || own.Contains(item["id"].StringOrNull)).ToList();
        return new PlatformReport(
            [new RunReport(seen["id"].StringOrNull ?? "", (seen["workflow"].StringOrNull ?? "").Split(' ')[0], seen["status"].StringOrNull ?? "", seen["error"].StringOrNull ?? "")],
            [.. seen["timeline"].Items.Where(IsTold).Select(entry => entry["kind"].StringOrNull ?? "")],
            [.. held.Where(item => item["kind"].StringOrNull is not "dead-letter").Select(Line)],
            [.. held.Where(item => item["kind"].StringOrNull is "dead-letter").Select(Line)],
            [.. seen["clocks"].Items.Where(clock => clock["status"].StringOrNull is "breached" or "met late").Select(clock => $"{clock["title"].StringOrNull}: {clock["status"].StringOrNull}")]);
    }

    static bool IsTold(JsonValue entry) => entry["direction"].StringOrNull == "out" && entry["system"].StringOrNull == "notify" && entry["status"].StringOrNull == "done";

    static string Line(JsonValue item) => $"{item["system"].StringOrNull} {item["type"].StringOrNull}: {item["reason"].StringOrNull}";

    static async Task<JsonValue> Get(HttpClient client, string path, CancellationToken cancellation)
    {
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        answer.EnsureSuccessStatusCode();
        return JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation), JsonLimits.Stored).Value;
    }
}
