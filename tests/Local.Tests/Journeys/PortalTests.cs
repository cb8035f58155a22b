using System.Net;
using System.Text;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>What people do on the portal, as a browser would send it.</summary>
public sealed class PortalTests
{
    [Fact]
    public async Task Audit_AfterAMessageWasRead_ShowsTheConsultation()
    {
        await using var platform = await TestPlatform.Start();
        var id = await platform.Take("online-contact", "incident-report", TestPlatform.Report);
        await platform.SignIn("northshire", "analyst");
        await platform.Page($"/messages/{id}");
        await platform.SignIn("northshire", "administrator");

        var (status, page) = await platform.Page($"/audit?operation=consultation&about={id}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("The chain is whole.", page, StringComparison.Ordinal);
        Assert.Contains("development-analyst", page, StringComparison.Ordinal);
        Assert.Contains("1 line of northshire", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_AfterALineWasChanged_SaysThatTheChainIsBroken()
    {
        await using var platform = await TestPlatform.Start();
        await platform.Take("online-contact", "incident-report", TestPlatform.Report);
        await platform.FirstRun();
        await ChangeFirstAuditLine(platform);
        await platform.SignIn("northshire", "administrator");

        var (_, page) = await platform.Page("/audit");

        Assert.Contains("The chain is broken.", page, StringComparison.Ordinal);
        Assert.Contains("Line 1 was changed.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_Confirmed_RemovesTheContentsAndIsAuditedOnce()
    {
        await using var platform = await SignedIn("administrator");
        var id = await platform.Take("rms", "status-event", """{"eventId":"erase-me"}""");
        await platform.Held(id);

        var (first, _) = await platform.Page($"/messages/{id}/erase", "reason=asked+for&confirmed=yes");
        await platform.Page($"/messages/{id}/erase", "reason=asked+again&confirmed=yes");
        var (_, message) = await platform.Page($"/messages/{id}");
        var (_, audit) = await platform.Page($"/audit?operation=erasure&about={id}");

        Assert.Equal(HttpStatusCode.Found, first);
        Assert.DoesNotContain("erase-me", message, StringComparison.Ordinal);
        Assert.Contains("The contents were erased.", message, StringComparison.Ordinal);
        Assert.Contains("1 line of northshire", audit, StringComparison.Ordinal);
        Assert.Contains("asked for", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await platform.Page("/held")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reason=&confirmed=yes", "Give the reason")]
    [InlineData("reason=asked", "Confirm that")]
    public async Task Erase_WithoutReasonOrConfirmation_ErasesNothing(string form, string said)
    {
        await using var platform = await SignedIn("administrator");
        var id = await platform.Take("rms", "status-event", """{"eventId":"keep-me"}""");

        var (status, page) = await platform.Page($"/messages/{id}/erase", form);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("keep-me", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_AMessageOfAnIncident_ErasesTheIncidentOnceItsRunsHaveEnded()
    {
        await using var desk = await CaseDesk.Start();
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        var run = (await desk.Get("/runs"))[0]["id"].AsString();
        await CaseDesk.Eventually(async () => (await desk.Get($"/runs/{run}"))["status"].AsString() == "completed");
        var (_, before) = await desk.Platform.Page($"/messages/{report}");

        var (status, _) = await desk.Platform.Page($"/messages/{report}/erase", "reason=retention+ended&confirmed=yes");
        await desk.Platform.Page($"/runs/{run}/erase", "reason=again&confirmed=yes");
        var (_, message) = await desk.Platform.Page($"/messages/{report}");
        var (_, page) = await desk.Platform.Page($"/runs/{run}");
        var (_, audit) = await desk.Platform.Page($"/audit?operation=erasure&about={report}");

        Assert.Equal(HttpStatusCode.Found, status);
        Assert.Contains("Example Terrace", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Example Terrace", message + page, StringComparison.Ordinal);
        Assert.Contains("1 line of northshire", audit, StringComparison.Ordinal);
        Assert.Contains("retention ended", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_AnIncidentWithAnOpenRun_SaysWhatNeedsIt()
    {
        await using var platform = await SignedIn("administrator");
        var run = await Reported(platform);

        var (status, page) = await platform.Page($"/runs/{run}/erase", "reason=asked&confirmed=yes");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Erase when it has ended.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operate_WithAReason_ChangesTheRunAndKeepsWhoAndWhy()
    {
        await using var platform = await SignedIn("integrator");
        var run = await Reported(platform);

        var (without, _) = await platform.Page($"/runs/{run}/operate", "operation=suspend&reason=");
        var (unknown, _) = await platform.Page($"/runs/{run}/operate", "operation=explode&reason=asked");
        var (done, _) = await platform.Page($"/runs/{run}/operate", "operation=suspend&reason=the+court+asked");
        var (again, refused) = await platform.Page($"/runs/{run}/operate", "operation=suspend&reason=typed+before");
        var (_, page) = await platform.Page($"/runs/{run}");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Found, HttpStatusCode.Conflict), (without, unknown, done, again));
        Assert.Contains("typed before", refused, StringComparison.Ordinal);
        Assert.Contains("the court asked", page, StringComparison.Ordinal);
        Assert.Contains("development-integrator", page, StringComparison.Ordinal);
        Assert.Contains("Suspended", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resubmit_StillWrong_ShowsTheProblemsAndKeepsWhatWasTyped()
    {
        await using var platform = await SignedIn("integrator");
        var id = await platform.Take("rms", "status-event", """{"eventId":"1"}""");

        var (status, page) = await platform.Page($"/messages/{id}/resubmit", "body=" + Uri.EscapeDataString("""{"eventId":"typed"}"""));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("It was not taken.", page, StringComparison.Ordinal);
        Assert.Contains("typed", page, StringComparison.Ordinal);
    }

    // A structured CloudEvent was read as a bare body when it was corrected, so that it could never be mended.
    [Fact]
    public async Task Resubmit_AStructuredCloudEvent_IsReadAsOne()
    {
        await using var platform = await TestPlatform.Start();
        static string Event(string data) => $$"""{"specversion":"1.0","id":"structured","source":"/rms","type":"x","data":{{data}}}""";
        var id = await platform.Take("rms", "status-event", Event("""{"eventId":"1"}"""), "application/cloudevents+json");
        var corrected = Event(TestPlatform.Example("rms-status-event", "officer-assigned.source.json"));
        await platform.SignIn("northshire", "integrator");

        var (status, _) = await platform.Page($"/messages/{id}/resubmit", "body=" + Uri.EscapeDataString(corrected));

        Assert.Equal(HttpStatusCode.Found, status);
    }

    [Fact]
    public async Task Justification_WhereItIsAskedFor_HoldsForTheFormsOfThatRecordAndNoOther()
    {
        var mappings = Directory.CreateTempSubdirectory("interop");
        DefinitionsCopy.To(mappings.FullName);
        DefinitionsCopy.Change(mappings.FullName, "organisations/northshire.yaml", "kind: force", "kind: force\nconsultation-justification: required");
        await using var platform = await TestPlatform.Start(mappings: mappings.FullName);
        mappings.Delete(recursive: true);
        var id = await platform.Take("rms", "status-event", """{"eventId":"1"}""");
        await platform.SignIn("northshire", "administrator");

        var other = await platform.Take("rms", "status-event", """{"eventId":"2"}""");

        var (withoutStatus, without) = await platform.Page($"/messages/{id}/erase", "reason=&confirmed=yes");
        await platform.Say($"/messages/{id}", "the victim's call");
        var (withStatus, with) = await platform.Page($"/messages/{id}/erase", "reason=&confirmed=yes");
        var (_, elsewhere) = await platform.Page($"/messages/{other}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (withoutStatus, withStatus));
        Assert.Contains($"name=\"page\" value=\"/messages/{id}\"", without, StringComparison.Ordinal);
        Assert.Contains("Why do you look at this?", elsewhere, StringComparison.Ordinal);
        Assert.Contains("Give the reason", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_AReference_LeadsToTheRunAndStandsInNoAddress()
    {
        await using var platform = await TestPlatform.Start();
        var id = await platform.Take("online-contact", "incident-report", TestPlatform.Report);
        var run = await platform.FirstRun();
        await platform.SignIn("northshire", "analyst");
        var record = JsonValue.Parse(await platform.Client.GetByteArrayAsync(new Uri($"/api/organisations/northshire/messages/{id}", UriKind.Relative))).Value["record"];
        var reference = References.Of(record).First().Value;

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("reference", reference.ToLowerInvariant())]);
        using var answer = await platform.Client.PostAsync(new Uri("/runs/search", UriKind.Relative), form);

        Assert.Equal($"/runs/{run}", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Messages_MoreThanAPage_AreReadPageByPage()
    {
        await using var platform = await TestPlatform.Start();
        const int sent = 55;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < sent; number++) ids.Add(await platform.Take("rms", "status-event", $$"""{"eventId":"{{number}}"}"""));
        await platform.SignIn("northshire", "analyst");
        foreach (var id in ids) await platform.Held(id);

        var (_, first) = await platform.Page("/messages?state=held");
        var older = System.Text.RegularExpressions.Regex.Match(first, "href=\"([^\"]*after=[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var (_, second) = await platform.Page(WebUtility.HtmlDecode(older));

        Assert.Equal((50, 5), (ids.Count(id => first.Contains(id, StringComparison.Ordinal)), ids.Count(id => second.Contains(id, StringComparison.Ordinal))));
        Assert.DoesNotContain(">Older<", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenTheStoreFails_SaysSoWithoutDetailsAndKeepsItsHeaders()
    {
        await using var platform = await SignedIn("analyst");
        await ((IAsyncDisposable)platform.Host.Services.GetRequiredService<IStore>()).DisposeAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await platform.Client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something went wrong here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    static async Task<TestPlatform> SignedIn(string role)
    {
        var platform = await TestPlatform.Start();
        await platform.SignIn("northshire", role);
        return platform;
    }

    // The run of an incident.
    static async Task<string> Reported(TestPlatform platform)
    {
        await platform.Take("online-contact", "incident-report", TestPlatform.Report);
        return await platform.FirstRun();
    }

    static async Task ChangeFirstAuditLine(TestPlatform platform)
    {
        var store = platform.Host.Services.GetRequiredService<IStore>();
        await TestPlatform.Eventually("The line is there and was changed", async () =>
        {
            var days = await store.Prefix(PartitionKey.Of("northshire", "audit-days"), "", 1, default).Select(row => row.Key).ToListAsync();
            foreach (var partition in days.Select(day => PartitionKey.Of("northshire", "audit", day)))
            {
                await foreach (var row in store.Prefix(partition, RowKey.Of("entry", ""), 1, default))
                {
                    var changed = Encoding.UTF8.GetString(row.Body.Span).Replace("collection", "consultation", StringComparison.Ordinal);
                    await store.Commit(partition, [new Change.Upsert(row.Key, Encoding.UTF8.GetBytes(changed))], default);
                    return changed;
                }
            }

            return null;
        });
    }
}
