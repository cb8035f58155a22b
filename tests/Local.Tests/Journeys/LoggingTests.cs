using System.Net;
using System.Net.Http.Json;
using Interop.Core.Json;

namespace Interop.Local.Tests.Journeys;

/// <summary>What the audit log says after things were done over HTTP.</summary>
public sealed class LoggingTests
{
    [Fact]
    public async Task EachOperationOfSection62_IsLoggedOnce()
    {
        await using var desk = await CaseDesk.Start();
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/runs"))[0]["status"].AsString() == "completed");
        await desk.Send("command-and-control", "attendance", TestPlatform.Example("command-and-control-attendance", "attended.source.xml"), "application/xml");
        await desk.Send("online-contact", "contact-preference", TestPlatform.Example("online-contact-contact-preference", "sms-to-email.source.json"));
        using var look = new HttpRequestMessage(HttpMethod.Get, CaseDesk.Of($"/messages/{report}")) { Headers = { { "X-Interop-Justification", "the victim asked" } } };
        var message = JsonValue.Parse(await (await desk.Platform.Client.SendAsync(look)).Content.ReadAsByteArrayAsync()).Value;
        using var erasure = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/incidents/{message["subject"].AsString()}/erase"), new { reason = "asked" });
        Assert.Equal(HttpStatusCode.OK, erasure.StatusCode);

        var lines = await desk.Logged();

        string[] expected =
        [
            "alteration system online-contact", "collection system command-and-control", "collection system online-contact", "collection system online-contact", "combination system command-and-control",
            "consultation user development-administrator: the victim asked", "consultation workflow case-desk: to run the workflow",
            "disclosure workflow case-desk to cps: prosecution: The police ask for a charging decision, and the prosecutor cannot make one without the case file", "erasure user development-administrator: asked",
        ];
        Assert.Equal(expected, lines.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.True(line["at"].StringOrNull is not null && line["what"].Count > 0));
        Assert.Equal("northshire-cps-prosecution@1 clause 4.1", lines.Single(line => line["operation"].AsString() == "disclosure")["agreement"].AsString());
    }

    [Fact]
    public async Task WrongCredentials_LeaveALineAndNothingElse()
    {
        await using var desk = await CaseDesk.Start();

        using var refused = await desk.Platform.Post("online-contact", "incident-report", "{}"u8.ToArray(), key: "wrong");

        var line = Assert.Single(await desk.Logged());
        Assert.Equal((HttpStatusCode.Unauthorized, "refused-access unknown online-contact: the signature is wrong"), (refused.StatusCode, Text(line)));
        Assert.Equal((0, 0), ((await desk.Get("/messages")).Count, (await desk.Get("/held")).Count));
    }

    [Fact]
    public async Task APageThatLooksAgainByItself_IsOneMoreLineAndNotOneForEachLook()
    {
        await using var desk = await CaseDesk.Start(withAgreement: false);
        await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/held")).Count == 1);
        var page = $"/runs/{(await desk.Get("/runs"))[0]["id"].AsString()}";
        await desk.Platform.Say(page, "asked & told");
        using var first = await desk.Platform.Client.GetAsync(new Uri($"{page}?live=on", UriKind.Relative));

        for (var looks = 0; looks < 4; looks++) await desk.Platform.Client.GetStringAsync(new Uri($"{page}?live=again", UriKind.Relative));

        Assert.Equal(["2; url=?live=again"], first.Headers.GetValues("Refresh"));
        var lines = (await desk.Logged()).Select(Text).Where(line => line.StartsWith("consultation user", StringComparison.Ordinal)).ToArray();
        Assert.InRange(lines.Length, 2, 3);
        Assert.All(lines, line => Assert.EndsWith(": asked & told", line, StringComparison.Ordinal));
    }

    static string Text(JsonValue line) =>
        $"{line["operation"].AsString()} {line["who"]["kind"].AsString()} {line["who"]["id"].AsString()}{(line["whom"].StringOrNull is { } whom ? $" to {whom}" : "")}{(line["why"].StringOrNull is { } why ? $": {why}" : "")}";
}
