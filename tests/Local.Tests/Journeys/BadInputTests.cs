using System.Net;
using System.Text;
using Interop.Core.Json;
using Interop.Platform.Intake;

namespace Interop.Local.Tests.Journeys;

public sealed class BadInputTests
{
    static readonly string Report = TestPlatform.Example("online-contact-incident-report", Directory.GetFiles(Path.Combine(TestPlatform.Mappings, "maps/online-contact-incident-report/examples"), "*.source.json").Order(StringComparer.Ordinal).Select(Path.GetFileName).First()!);

    public static TheoryData<string, string, string, string, int, string> Refused { get; } = new()
    {
        { "unknown system", "nobody", "incident-report", "{}", 404, "unknown-system" },
        { "unknown message type", "online-contact", "nothing", "{}", 404, "unknown-message-type" },
        { "empty", "online-contact", "incident-report", "", 400, "syntax" },
        { "malformed JSON", "online-contact", "incident-report", "{\n  \"a\": }", 400, "syntax" },
        { "two of one name", "online-contact", "incident-report", "{\"a\":1,\"a\":2}", 400, "duplicate-name" },
        { "too deep", "online-contact", "incident-report", new string('[', 65) + new string(']', 65), 400, "too-deep" },
        { "malformed XML", "command-and-control", "attendance", "<CadLog>\n<LogNo>1</CadLog>", 400, "syntax" },
        { "a DTD", "command-and-control", "attendance", "<!DOCTYPE a [<!ENTITY b \"c\">]><CadLog>&b;</CadLog>", 400, "dtd" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Receive_WhatCannotBeRead_IsRefusedWithTheReason(string name, string system, string type, string body, int status, string rule)
    {
        await using var platform = await TestPlatform.Start();

        var answer = await platform.Post(system, type, body, system == "command-and-control" ? "application/xml" : "application/json");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{name}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"rule\":\"{rule}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_Malformed_NamesLineAndColumn()
    {
        await using var platform = await TestPlatform.Start();

        var answer = await platform.Post("online-contact", "incident-report", "{\n  \"a\": }");

        var problem = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["problems"][0];
        Assert.Equal((2, 8), ((int)problem["line"].AsNumber(), (int)problem["column"].AsNumber()));
    }

    [Fact]
    public async Task Receive_WrongKeyOrStaleTimestamp_Answers401()
    {
        await using var platform = await TestPlatform.Start();
        var body = Encoding.UTF8.GetBytes(Report);

        var wrong = await platform.Post("online-contact", "incident-report", body, key: "wrong");
        var stale = await platform.Post("online-contact", "incident-report", body, age: TimeSpan.FromMinutes(6));
        var none = await platform.Client.PostAsync(new Uri("/api/organisations/northshire/systems/online-contact/messages/incident-report", UriKind.Relative), new ByteArrayContent(body));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], new[] { wrong, stale, none }.Select(answer => answer.StatusCode));
    }

    [Theory]
    [InlineData("the key", null, HttpStatusCode.Accepted)]
    [InlineData(null, "Bearer the key", HttpStatusCode.Accepted)]
    [InlineData("the key", "Bearer of something else", HttpStatusCode.Accepted)]
    [InlineData("wrong", "Bearer the key", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer the key", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "the key", HttpStatusCode.Unauthorized)]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    public async Task Receive_OfASystemWithAKey_TakesItFromItsOwnHeaderOrAsABearer(string? alone, string? bearer, HttpStatusCode expected)
    {
        await using var platform = await TestPlatform.Start();
        var key = platform.Host.Keys.All["northshire/command-and-control/inbound"];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organisations/northshire/systems/command-and-control/messages/attendance") { Content = new StringContent(TestPlatform.Example("command-and-control-attendance", "attended.source.xml"), Encoding.UTF8, "application/xml") };
        foreach (var (name, value) in new[] { (SystemAuthenticator.KeyHeader, alone), ("Authorization", bearer) })
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value.Replace("the key", key, StringComparison.Ordinal));
        using var answer = await platform.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Unauthorized) Assert.Contains(SystemAuthenticator.KeyHeader, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_OverOneMebibyte_Answers413()
    {
        await using var platform = await TestPlatform.Start();

        var answer = await platform.Post("online-contact", "incident-report", new byte[(1 << 20) + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Receive_WellFormedWithProblems_IsHeldWholeAndVisible()
    {
        await using var platform = await TestPlatform.Start();

        var answer = await platform.Post("rms", "status-event", """{"eventId":"1"}""");
        var stored = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value;
        await platform.SignIn("northshire", "analyst");
        var message = JsonValue.Parse(await platform.Client.GetByteArrayAsync(new Uri($"/api/organisations/northshire/messages/{stored["id"].AsString()}", UriKind.Relative))).Value;

        Assert.Equal((HttpStatusCode.Accepted, "held"), (answer.StatusCode, stored["status"].AsString()));
        Assert.NotEqual(0, message["problems"].Count);
    }

    [Fact]
    public async Task Receive_SameIdAgain_IsACountedDuplicate()
    {
        await using var platform = await TestPlatform.Start();
        var body = Encoding.UTF8.GetBytes(Report);

        var answers = new List<JsonValue>();
        for (var times = 0; times < 3; times++)
            answers.Add(JsonValue.Parse(await (await platform.Post("online-contact", "incident-report", body, id: "one")).Content.ReadAsByteArrayAsync()).Value);
        await platform.SignIn("northshire", "analyst");
        var message = JsonValue.Parse(await platform.Client.GetByteArrayAsync(new Uri($"/api/organisations/northshire/messages/{answers[0]["id"].AsString()}", UriKind.Relative))).Value;

        Assert.Single(answers.Select(answer => answer["id"].AsString()).Distinct());
        Assert.Equal([false, true, true], answers.Select(answer => answer["duplicate"].AsBoolean()));
        Assert.Equal(2, message["duplicates"].AsNumber());
    }

    [Theory]
    [InlineData("POST", "runs/any/suspend", "{\n  \"reason\": }", "The body is no JSON of the form that this operation takes: see line 2, byte 13, at $.reason. The API is described at /docs.")]
    [InlineData("POST", "runs/any/suspend", "{\"reason\": 5}", "The body is no JSON of the form that this operation takes: see line 1, byte 13, at $.reason. The API is described at /docs.")]
    [InlineData("POST", "runs/any/retry", "{\"reason\":\"mended\",\"inputt\":{\"a\":1}}", "The body has a member \"inputt\", which this operation does not take. Correct its name, or leave it out. The API is described at /docs.")]
    [InlineData("POST", "messages/any/erase", "{\"reson\":\"asked for\"}", "The body has a member \"reson\", which this operation does not take. Correct its name, or leave it out. The API is described at /docs.")]
    [InlineData("GET", "runs?day=yesterday", "", "Failed to bind parameter \"day\" from \"yesterday\". The API is described at /docs.")]
    public async Task Operate_WhatDoesNotBind_IsRefusedInPlainWords(string method, string path, string body, string detail)
    {
        await using var platform = await TestPlatform.Start();
        await platform.SignIn("northshire", "administrator");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/organisations/northshire/{path}");
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await platform.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, detail), (answer.StatusCode, JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["detail"].AsString()));
    }

    [Fact]
    public async Task Read_AnotherOrganisationsMessage_Answers404()
    {
        await using var platform = await TestPlatform.Start();
        var id = JsonValue.Parse(await (await platform.Post("online-contact", "incident-report", Report)).Content.ReadAsByteArrayAsync()).Value["id"].AsString();
        await platform.SignIn("southshire", "administrator");

        var theirs = await platform.Client.GetAsync(new Uri($"/api/organisations/northshire/messages/{id}", UriKind.Relative));
        var ours = await platform.Client.GetAsync(new Uri($"/api/organisations/southshire/messages/{id}", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, ours.StatusCode));
    }
}
