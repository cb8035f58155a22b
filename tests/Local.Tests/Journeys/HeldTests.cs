using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Interop.Core.Json;

namespace Interop.Local.Tests.Journeys;

/// <summary>Messages that are well-formed and yet cannot be taken as they are, and those that cannot be read at all, over HTTP.</summary>
public sealed class HeldTests
{
    public static TheoryData<string, string, string, string, string, string> Held { get; } = new()
    {
        { "rms", "status-event", "no-such-date.source.json", "/eventTime", "31/02/2026 09:20", "date-time" },
        { "rms", "status-event", "autumn-clock-change.source.json", "/eventTime", "25/10/2026 01:30", "ambiguous" },
        { "rms", "status-event", "spring-clock-change.source.json", "/eventTime", "29/03/2026 01:30", "does-not-exist" },
        { "rms", "status-event", "unknown-code.source.json", "/eventType", "", "unknown-code" },
        { "rms", "status-event", "missing-crime-reference.source.json", "/crimeRef", "", "required" },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public async Task Receive_WellFormedButWrong_IsHeldWithPathValueAndRule(string system, string type, string example, string path, string value, string rule)
    {
        await using var platform = await TestPlatform.Start();
        var body = TestPlatform.Example($"{system}-{type}", example);

        using var answer = await platform.Post(system, type, body);

        var stored = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value;
        await platform.SignIn("northshire", "analyst");
        var message = JsonValue.Parse(await platform.Client.GetByteArrayAsync(CaseDesk.Of($"/messages/{stored["id"].AsString()}"))).Value;
        Assert.Equal((HttpStatusCode.Accepted, "held", "held"), (answer.StatusCode, stored["status"].AsString(), message["status"].AsString()));
        Assert.Contains(message["problems"].Items, problem => (problem["path"].StringOrNull, problem["rule"].AsString()) == (path, rule) && (value.Length == 0 || problem["value"].StringOrNull == value));
        Assert.Equal(body, await platform.Client.GetStringAsync(CaseDesk.Of($"/messages/{stored["id"].AsString()}/payload")));
    }

    // Each such character takes five in a key of the store.
    [Fact]
    public async Task Receive_AReferenceLongerThanAKey_IsAcceptedLikeAnyOther()
    {
        await using var desk = await CaseDesk.Start();
        var id = await desk.Send("online-contact", "incident-report", CaseDesk.Report.Replace("NSH-1-26-0417-000", new string('\u00e9', 100), StringComparison.Ordinal));

        await CaseDesk.Eventually(async () => (await desk.Get($"/messages/{id}"))["status"].AsString() == "accepted");
    }

    [Fact]
    public async Task Resubmit_Corrected_GoesOnAsTheSameMessage()
    {
        await using var desk = await CaseDesk.Start();
        var id = await desk.Send("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "unknown-codes.source.json"));
        await CaseDesk.Eventually(async () => (await desk.Get("/held"))[0]["id"].StringOrNull == id);

        using var stillWrong = await desk.Platform.Client.PostAsync(CaseDesk.Of($"/messages/{id}/resubmit"), null);
        Assert.Equal(HttpStatusCode.Conflict, stillWrong.StatusCode);

        // The platform may still be listing the message, and says then that it changed.
        await CaseDesk.Eventually(async () => (await desk.Platform.Client.PostAsync(CaseDesk.Of($"/messages/{id}/resubmit"), new StringContent(CaseDesk.Report))).StatusCode == HttpStatusCode.Accepted);
        await CaseDesk.Eventually(async () => (await desk.Get($"/messages/{id}"))["status"].AsString() == "accepted");
        await CaseDesk.Eventually(async () => (await desk.Get("/runs")).Count == 1);
        Assert.Equal(0, (await desk.Get("/held")).Count);
    }

    [Fact]
    public async Task Receive_TheSameThreeTimesAtOnce_IsOneRunAndTwoCountedDuplicates()
    {
        await using var desk = await CaseDesk.Start();
        var body = Encoding.UTF8.GetBytes(CaseDesk.Report);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => desk.Platform.Post("online-contact", "incident-report", body)));

        var ids = new HashSet<string>();
        foreach (var answer in answers) ids.Add(JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["id"].AsString());
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await CaseDesk.Eventually(async () => (await desk.Get("/runs")).Items.ToArray() is [var run] && run["status"].AsString() == "completed");
        Assert.Equal(2, (int)(await desk.Get($"/messages/{Assert.Single(ids)}"))["duplicates"].AsNumber());
        Assert.Single(desk.Received);
    }

    public static TheoryData<string, string, byte[], int, int, string> Unreadable { get; } = new()
    {
        { "command-and-control", "attendance", "<CadLog>\n<LogNo>1</CadLog>"u8.ToArray(), 2, 11, "syntax" },
        { "command-and-control", "attendance", [.. "<CadLog>\n<LogNo>"u8, 0xC3, 0x28, .. "</LogNo></CadLog>"u8], 2, 8, "encoding" },
        { "command-and-control", "attendance", "<?xml version=\"1.0\" encoding=\"utf-16\"?><CadLog/>"u8.ToArray(), 1, 3, "encoding" },
        { "command-and-control", "attendance", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<CadLog/>")], 1, 1, "encoding" },
        { "online-contact", "incident-report", [.. "{\n  \"a\": \""u8, 0xC3, 0x28, .. "\"}"u8], 2, 9, "encoding" },
        { "online-contact", "incident-report", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")], 1, 1, "encoding" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Receive_Unreadable_NamesLineAndColumn(string system, string type, byte[] body, int line, int column, string rule)
    {
        await using var platform = await TestPlatform.Start();

        using var answer = await platform.Post(system, type, body);

        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonValue.Parse(text).Value["problems"][0];
        Assert.True((answer.StatusCode, problem["rule"].StringOrNull, (int)problem["line"].AsNumber(), (int)problem["column"].AsNumber()) == (HttpStatusCode.BadRequest, rule, line, column), text);
    }

    // The length is not told beforehand, so the limit is met while reading.
    [Theory]
    [InlineData("/systems/online-contact/messages/incident-report")]
    [InlineData("/messages/675y6tkgusdijppj3z7blkgggg/resubmit")]
    public async Task Receive_OverOneMebibyteInChunks_Answers413(string path)
    {
        await using var platform = await TestPlatform.Start();
        await platform.SignIn("northshire", "integrator");
        using var request = new HttpRequestMessage(HttpMethod.Post, CaseDesk.Of(path)) { Content = new ByteArrayContent(new byte[(1 << 20) + 1]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;

        using var answer = await platform.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(64, HttpStatusCode.Accepted)]
    [InlineData(65, HttpStatusCode.BadRequest)]
    public async Task Receive_Nested_IsTakenToADepthOf64(int depth, HttpStatusCode expected)
    {
        await using var platform = await TestPlatform.Start();
        var body = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

        using var answer = await platform.Post("rms", "status-event", body);

        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
    }
}
