using System.Net;
using System.Text;

namespace Interop.Local.Tests.Journeys;

/// <summary>What one organisation may see and have of another's, over HTTP.</summary>
public sealed class SharingTests
{
    [Fact]
    public async Task Delivery_WithoutAnAgreement_IsHeldAndGoesOnceThereIsOne()
    {
        await using var desk = await CaseDesk.Start(withAgreement: false);
        await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/held")).Count == 1);
        var held = (await desk.Get("/held"))[0];
        Assert.Equal(("delivery", "case-management"), (held["kind"].AsString(), held["system"].AsString()));
        Assert.StartsWith("There is no agreement by which northshire gives records to cps.", held["reason"].AsString(), StringComparison.Ordinal);
        var resubmit = CaseDesk.Of($"/deliveries/{held["id"].AsString()}/resubmit");

        using var tooSoon = await desk.Platform.Client.PostAsync(resubmit, null);
        Assert.Equal(HttpStatusCode.Accepted, tooSoon.StatusCode);
        var run = held["run"].AsString();
        await CaseDesk.Eventually(async () => (await desk.Get($"/runs/{run}"))["timeline"].Items.Any(entry => entry["id"] == held["id"] && entry["status"].AsString() == "held"));
        Assert.Empty(desk.Received);

        await desk.RestartWithAgreement();
        using var again = await desk.Platform.Client.PostAsync(resubmit, null);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await CaseDesk.Eventually(() => Task.FromResult(desk.Received.Length == 1));
        await CaseDesk.Eventually(async () => (await desk.Get("/runs"))[0]["status"].AsString() == "completed");
        Assert.Equal(0, (await desk.Get("/held")).Count);
        Assert.DoesNotContain("example.org", desk.Received[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resubmit_OfADeliveryToAnotherOrganisation_IsForApprovers()
    {
        await using var desk = await CaseDesk.Start(withAgreement: false);
        await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/held")).Count == 1);
        var resubmit = CaseDesk.Of($"/deliveries/{(await desk.Get("/held"))[0]["id"].AsString()}/resubmit");

        await desk.Platform.SignIn("northshire", "integrator");
        using var refused = await desk.Platform.Client.PostAsync(resubmit, null);
        await desk.Platform.SignIn("northshire", "approver");
        using var taken = await desk.Platform.Client.PostAsync(resubmit, null);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Accepted), (refused.StatusCode, taken.StatusCode));
        Assert.Contains("\"rule\":\"not-approver\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherOrganisationsUser_FindsNothing()
    {
        await using var desk = await CaseDesk.Start(withAgreement: false);
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/held")).Count == 1);
        var subject = (await desk.Get($"/messages/{report}"))["subject"].AsString();
        var run = (await desk.Get("/runs"))[0]["id"].AsString();
        var effect = (await desk.Get("/held"))[0]["id"].AsString();
        (HttpMethod Method, string Path)[] things =
        [
            (HttpMethod.Get, $"/messages/{report}"), (HttpMethod.Get, $"/messages/{report}/payload"), (HttpMethod.Get, $"/runs/{run}"), (HttpMethod.Get, $"/incidents/{subject}"),
            (HttpMethod.Post, $"/messages/{report}/resubmit"), (HttpMethod.Post, $"/deliveries/{effect}/resubmit"), (HttpMethod.Post, $"/runs/{run}/cancel"),
            (HttpMethod.Post, $"/messages/{report}/erase"), (HttpMethod.Post, $"/incidents/{subject}/erase"), (HttpMethod.Post, $"/notices/{effect}/close"),
        ];
        await desk.Platform.SignIn("southshire", "administrator");

        foreach (var (method, path) in things)
        foreach (var organisation in new[] { "northshire", "southshire" })
        {
            using var request = new HttpRequestMessage(method, new Uri($"/api/organisations/{organisation}{path}", UriKind.Relative));
            if (method == HttpMethod.Post) request.Content = new StringContent("""{"reason":"x"}""", Encoding.UTF8, "application/json");
            using var answer = await desk.Platform.Client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {organisation}{path}: {(int)answer.StatusCode}");
        }

        foreach (var list in new[] { "/messages", "/runs", "/held" })
        {
            using var theirs = await desk.Platform.Client.GetAsync(CaseDesk.Of(list));
            var ours = await desk.Platform.Client.GetStringAsync(new Uri($"/api/organisations/southshire{list}", UriKind.Relative));
            Assert.Equal((HttpStatusCode.NotFound, "[]"), (theirs.StatusCode, ours));
        }

        foreach (var page in new[] { $"/runs/{run}", $"/messages/{report}" })
        {
            using var answer = await desk.Platform.Client.GetAsync(new Uri(page, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Consultation_WhereAJustificationIsRequired_IsAskedForOne()
    {
        var mappings = Directory.CreateTempSubdirectory("interop");
        DefinitionsCopy.To(mappings.FullName);
        DefinitionsCopy.Change(mappings.FullName, "organisations/northshire.yaml", "kind: force", "kind: force\nconsultation-justification: required");
        await using var platform = await TestPlatform.Start(mappings: mappings.FullName);
        using var stored = await platform.Post("rms", "status-event", """{"eventId":"1"}""");
        var id = Interop.Core.Json.JsonValue.Parse(await stored.Content.ReadAsByteArrayAsync()).Value["id"].AsString();
        await platform.SignIn("northshire", "analyst");

        using var without = await platform.Client.GetAsync(CaseDesk.Of($"/messages/{id}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, CaseDesk.Of($"/messages/{id}"));
        request.Headers.Add("X-Interop-Justification", "the victim asked");
        using var with = await platform.Client.SendAsync(request);
        var page = await platform.Client.GetStringAsync(new Uri($"/messages/{id}", UriKind.Relative));
        await platform.Say($"/messages/{id}", "the victim asked");
        var pageWith = await platform.Client.GetStringAsync(new Uri($"/messages/{id}", UriKind.Relative));

        mappings.Delete(recursive: true);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
        Assert.Contains("X-Interop-Justification", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Why do you look at this?", page, StringComparison.Ordinal);
        Assert.Contains("Status event from RMS", pageWith, StringComparison.Ordinal);
    }
}
