using System.Net;
using System.Net.Http.Json;
using Interop.Core.Json;

namespace Interop.Local.Tests.Journeys;

/// <summary>What people may do to runs, asked for over real HTTP. No other system is up, so a run waits for its first delivery.</summary>
public sealed class RunOperationsTests : IAsyncLifetime
{
    TestPlatform platform = null!;
    string run = "";

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.Start();
        await platform.Post("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "burglary.source.json"));
        await platform.SignIn("northshire", "integrator");
        run = await platform.FirstRun();
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task SuspendAndResume_AWaitingRun_KeepWhoAndWhy()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Ask("suspend", "the system is being moved")).Status);
        Assert.Equal("suspended", (await Read(run))["status"].AsString());
        Assert.Equal(HttpStatusCode.Accepted, (await Ask("resume", "it has moved")).Status);

        var seen = await Read(run);
        Assert.Equal("waiting", seen["status"].AsString());
        Assert.Equal(["suspend: the system is being moved", "resume: it has moved"], seen["operations"].Items.Select(done => $"{done["operation"].AsString()}: {done["why"].AsString()}"));
        Assert.All(seen["operations"].Items, done => Assert.NotEmpty(done["by"].AsString()));
    }

    [Theory]
    [InlineData("suspend", "suspend", "already-suspended")]
    [InlineData("cancel", "cancel", "finished")]
    [InlineData("cancel", "resume", "finished")]
    [InlineData("rerun", "rerun", "already-rerun")]
    [InlineData("rerun", "suspend", "finished")]
    [InlineData("suspend", "retry", "not-faulted")]
    [InlineData("cancel", "retry", "not-faulted")]
    public async Task Operation_ThatMakesNoSenseAfterAnother_IsRefusedByName(string first, string second, string rule)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Ask(first, "first")).Status);
        var before = (await Read(run))["operations"].Count;
        var (status, answer) = await Ask(second, "second");

        Assert.Equal((HttpStatusCode.Conflict, rule), (status, answer["problems"][0]["rule"].AsString()));
        Assert.Equal(before, (await Read(run))["operations"].Count);
    }

    [Fact]
    public async Task Rerun_OfAWaitingRun_CancelsItAndNamesBoth()
    {
        var (status, answer) = await Ask("rerun", "the definition was mended");
        var next = answer["run"].AsString();

        Assert.Equal(HttpStatusCode.Accepted, status);
        var (old, again) = (await Read(run), await Read(next));
        Assert.Equal(("cancelled", next), (old["status"].AsString(), old["operations"][0]["other"].AsString()));
        Assert.Equal(("waiting", run), (again["status"].AsString(), again["operations"][0]["other"].AsString()));
        Assert.Equal("the definition was mended", again["operations"][0]["why"].AsString());
    }

    [Theory]
    [InlineData("suspend", "", HttpStatusCode.BadRequest)]
    [InlineData("suspend", null, HttpStatusCode.BadRequest)]
    [InlineData("explode", "because", HttpStatusCode.BadRequest)]
    public async Task Operation_WithoutAReasonOrUnknown_IsRefused(string operation, string? reason, HttpStatusCode status) => Assert.Equal(status, (await Ask(operation, reason)).Status);

    [Theory]
    [InlineData("northshire", "analyst", HttpStatusCode.Forbidden)]
    [InlineData("southshire", "integrator", HttpStatusCode.NotFound)]
    public async Task Operation_ByOneWhoMayNot_IsRefused(string organisation, string role, HttpStatusCode status)
    {
        await platform.SignIn(organisation, role);
        Assert.Equal(status, (await Ask("cancel", "mine now", organisation)).Status);
    }

    async Task<(HttpStatusCode Status, JsonValue Answer)> Ask(string operation, string? reason, string organisation = "northshire")
    {
        using var answer = await platform.Client.PostAsJsonAsync($"/api/organisations/{organisation}/runs/{run}/{operation}", new { reason });
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? JsonValue.Null : JsonValue.Parse(text).Value);
    }

    async Task<JsonValue> Read(string id) => JsonValue.Parse(await platform.Client.GetStringAsync(new Uri($"/api/organisations/northshire/runs/{id}", UriKind.Relative))).Value;
}
