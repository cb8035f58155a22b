using Interop.Core.Json;
using Interop.Local.Simulators.Notify;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Simulators;

public sealed class NotifyTests : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2026, 3, 30, 17, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(Start);
    FakePlatform platform = null!;
    TestSystems systems = null!;

    public async Task InitializeAsync()
    {
        platform = await FakePlatform.StartAsync();
        systems = await TestSystems.StartAsync(clock, clock, platform: platform);
    }

    public async Task DisposeAsync()
    {
        await systems.DisposeAsync();
        await platform.DisposeAsync();
    }

    NotifySimulator Notify => systems.Systems.Notify;

    // Name, type, body, status, error, messages: what the real API answers.
    public static TheoryData<string, string, string, int, string, string[]> Refusals { get; } = new()
    {
        { "no JSON", "sms", "{", 400, "BadRequestError", ["Invalid JSON supplied in POST data"] },
        { "nothing given", "sms", "{}", 400, "ValidationError", ["phone_number is a required property", "template_id is a required property"] },
        { "an email without address", "email", $$"""{"template_id":"{{Messages.EmailTemplate}}"}""", 400, "ValidationError", ["email_address is a required property"] },
        { "a template id that is no UUID", "sms", Messages.Sms(template: "one"), 400, "ValidationError", ["template_id is not a valid UUID"] },
        { "a property too many", "sms", Messages.Sms().Replace("\"reference\"", "\"refrence\""), 400, "ValidationError", ["Additional properties are not allowed (refrence was unexpected)"] },
        { "personalisation that is no object", "sms", Messages.Sms(personalisation: "[]"), 400, "ValidationError", ["personalisation [] is not of type object"] },
        { "letters in a number", "sms", Messages.Sms(number: "0770 ABC"), 400, "ValidationError", ["phone_number Must not contain letters or symbols"] },
        { "a short number", "sms", Messages.Sms(number: "07700 9001"), 400, "ValidationError", ["phone_number Not enough digits"] },
        { "a long number", "sms", Messages.Sms(number: "07700 900123 4"), 400, "ValidationError", ["phone_number Too many digits"] },
        { "a land line", "sms", Messages.Sms(number: "01632 960123"), 400, "ValidationError", ["phone_number Not a UK mobile number"] },
        { "no address", "email", Messages.Email(address: "victim.one"), 400, "ValidationError", ["email_address is not a valid email address"] },
        { "an unknown template", "sms", Messages.Sms(template: "00000000-0000-4000-8000-000000000000"), 400, "BadRequestError", ["Template not found"] },
        { "a template of the other kind", "sms", Messages.Sms(template: Messages.EmailTemplate), 400, "BadRequestError", ["email template is not suitable for sms notification"] },
        { "a placeholder left empty", "sms", Messages.Sms(personalisation: """{"Name":"Victim One","message":"Hello","crime_reference":null}"""), 400, "BadRequestError", ["Missing personalisation: crime_reference"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_ThatIsWrong_IsRefusedAsByTheRealApi(string name, string type, string body, int status, string error, string[] messages)
    {
        var answer = await systems.NotifyAsync(type, body);
        Assert.Equal((name, status), (name, answer.Status));
        Assert.Equal(status, answer.Body["status_code"].AsNumber());
        Assert.All(answer.Body["errors"].Items, one => Assert.Equal(error, one["error"].AsString()));
        Assert.Equal(messages, answer.Body["errors"].Items.Select(one => one["message"].AsString()));
        Assert.Empty(Notify.Messages);
    }

    // Name, what stands in the Authorization header, status, message.
    public static TheoryData<string, string, int, string> BadTokens { get; } = new()
    {
        { "no header", "", 401, "Unauthorized: authentication token must be provided" },
        { "another scheme", "Basic abc", 401, "Unauthorized: authentication bearer scheme must be used" },
        { "no token", "Bearer abc", 403, "Invalid token: signature, api token is not valid" },
        { "31 s old", Token(Start.AddSeconds(-31)), 403, "Error: Your system clock must be accurate to within 30 seconds" },
        { "31 s early", Token(Start.AddSeconds(31)), 403, "Error: Your system clock must be accurate to within 30 seconds" },
        { "another secret", Token(Start, secret: "00000000-0000-4000-8000-000000000000"), 403, "Invalid token: API key not found" },
        { "another service", Token(Start, issuer: "00000000-0000-4000-8000-000000000000"), 403, "Invalid token: service not found" },
        { "no UUID for a service", Token(Start, issuer: "northshire"), 403, "Invalid token: service id is not the right data type" },
    };

    static string Token(DateTimeOffset at, string? issuer = null, string? secret = null)
    {
        var key = NotifyKey.Parse(TestSystems.NotifyKey);
        return "Bearer " + NotifyToken.Create(issuer ?? key.ServiceId, secret ?? key.Secret, at);
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Post_WithABadToken_IsRefused(string name, string authorization, int status, string message)
    {
        var answer = await TestSystems.CallAsync(
            HttpMethod.Post, new Uri(Notify.Address, "/v2/notifications/sms"), Messages.Sms(), ("Authorization", authorization));
        Assert.Equal((name, status, message), (name, answer.Status, answer.Body["errors"][0]["message"].AsString()));
        Assert.Equal("AuthError", answer.Body["errors"][0]["error"].AsString());
        Assert.Empty(Notify.Messages);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task Post_WithATokenOfThirtySeconds_IsTaken(int seconds) =>
        Assert.Equal(201, (await systems.NotifyAsync("sms", Messages.Sms(), Token(Start.AddSeconds(seconds)))).Status);

    [Fact]
    public async Task Post_OfASms_AnswersTheBodyOfTheRealApi()
    {
        var (status, body) = await systems.NotifyAsync("sms", Messages.Sms("run.7"));
        var id = body["id"].AsString();
        Assert.Equal(201, status);
        Assert.Equal("run.7", body["reference"].AsString());
        Assert.Equal(
            "Dear Victim One, An officer now leads the investigation. Crime reference NS/0104412/26.",
            body["content"]["body"].AsString());
        Assert.Equal("NORTHSHIRE", body["content"]["from_number"].AsString());
        Assert.Equal(new Uri(Notify.Address, $"/v2/notifications/{id}").ToString(), body["uri"].AsString());
        Assert.Equal((Messages.SmsTemplate, 1d), (body["template"]["id"].AsString(), body["template"]["version"].AsNumber()));
        Assert.True(body.TryGet("scheduled_for", out var scheduled) && scheduled.IsNull);
    }

    [Fact]
    public async Task Post_OfAnEmail_AnswersSubjectAndSender()
    {
        var content = (await systems.NotifyAsync("email", Messages.Email())).Body["content"];
        Assert.Equal("Update on your case NS/0104412/26", content["subject"].AsString());
        Assert.Equal("northshire.police@notify.example", content["from_email"].AsString());
    }

    [Fact]
    public async Task Post_TwiceWithOneReference_IsTwoMessages()
    {
        var first = await systems.NotifyAsync("sms", Messages.Sms("run.1"));
        var second = await systems.NotifyAsync("sms", Messages.Sms("run.1"));
        Assert.NotEqual(first.Body["id"], second.Body["id"]);
        Assert.Equal(("run.1", 2, 2), Notify.Received.Entries.Select(entry => (entry.Key, entry.Requests, entry.Effects)).Single());
        var found = await systems.NotifyGetAsync("/v2/notifications?reference=run.1");
        Assert.Equal(2, found.Body["notifications"].Count);
    }

    [Fact]
    public async Task Post_Number3001InAMinute_IsRateLimitedUntilTheMinuteIsOver()
    {
        var statuses = new List<int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 3_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var (status, _) = await systems.NotifyAsync("sms", Messages.Sms($"run.{number}"));
            lock (statuses) statuses.Add(status);
        });
        Assert.All(statuses, status => Assert.Equal(201, status));

        var over = await systems.NotifyAsync("sms", Messages.Sms("run.3000"));
        Assert.Equal(429, over.Status);
        Assert.Equal("RateLimitError", over.Body["errors"][0]["error"].AsString());
        Assert.Equal("Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds", over.Body["errors"][0]["message"].AsString());

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(201, (await systems.NotifyAsync("sms", Messages.Sms("run.3000"))).Status);
        Assert.Equal(3_001, Notify.Messages.Count);
        Assert.Equal((2, 1), Notify.Received.Entries.Where(entry => entry.Key == "run.3000").Select(entry => (entry.Requests, entry.Effects)).Single());
    }

    [Fact]
    public async Task Post_OverTheDailyLimit_IsRefusedUntilMidnightUtc()
    {
        await using var small = await TestSystems.StartAsync(clock, clock, notify: new NotifyOptions { MessagesPerDay = 1 }, platform: platform);
        Assert.Equal(201, (await small.NotifyAsync("sms", Messages.Sms("run.1"))).Status);
        var over = await small.NotifyAsync("sms", Messages.Sms("run.2"));
        Assert.Equal((429, "TooManyRequestsError"), (over.Status, over.Body["errors"][0]["error"].AsString()));
        Assert.Equal("Exceeded send limits (1) for today", over.Body["errors"][0]["message"].AsString());
        Assert.Equal(201, (await small.NotifyAsync("email", Messages.Email("run.3"))).Status);

        clock.SetUtcNow(new DateTimeOffset(2026, 3, 30, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal(429, (await small.NotifyAsync("sms", Messages.Sms("run.2"))).Status);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await small.NotifyAsync("sms", Messages.Sms("run.2"))).Status);
    }

    // Fault, status, error, and whether the message was sent all the same.
    [Theory]
    [InlineData("InternalError", 500, "Exception", false)]
    [InlineData("InternalErrorAfterTaking", 500, "Exception", true)]
    [InlineData("RateLimit", 429, "RateLimitError", false)]
    [InlineData("DailyLimit", 429, "TooManyRequestsError", false)]
    public async Task FailNext_OnTheNextCall_AnswersTheFaultOnce(string fault, int status, string error, bool isTaken)
    {
        Notify.FailNext(Enum.Parse<NotifyFault>(fault));
        var failed = await systems.NotifyAsync("sms", Messages.Sms("run.1"));
        Assert.Equal((status, error), (failed.Status, failed.Body["errors"][0]["error"].AsString()));
        Assert.Equal(isTaken ? 1 : 0, (await systems.NotifyGetAsync("/v2/notifications?reference=run.1")).Body["notifications"].Count);
        Assert.Equal(201, (await systems.NotifyAsync("sms", Messages.Sms("run.1"))).Status);
        Assert.Equal(0, Notify.FaultsWaiting);
    }

    // Type, recipient, what becomes of the message: the test recipients of the real API.
    [Theory]
    [InlineData("sms", "07700900123", "delivered")]
    [InlineData("sms", "07700900003", "temporary-failure")]
    [InlineData("sms", "+44 7700 900 003", "temporary-failure")]
    [InlineData("sms", "07700900002", "permanent-failure")]
    [InlineData("email", "victim.one@example.org", "delivered")]
    [InlineData("email", "temp-fail@simulator.notify", "temporary-failure")]
    [InlineData("email", "perm-fail@simulator.notify", "permanent-failure")]
    public async Task Message_InTime_ReachesItsStateAndCallsBack(string type, string recipient, string expected)
    {
        var body = type == "sms" ? Messages.Sms("run.9", recipient) : Messages.Email("run.9", recipient);
        var id = (await systems.NotifyAsync(type, body)).Body["id"].AsString();
        Assert.Equal("created", (await systems.NotifyGetAsync($"/v2/notifications/{id}")).Body["status"].AsString());
        clock.Advance(TimeSpan.FromSeconds(7));

        var callback = await platform.NextAsync();
        Assert.Equal("/api/organisations/northshire/systems/notify/messages/delivery-receipt", callback.Path);
        Assert.Equal($"Bearer {TestSystems.Keys["northshire/notify/inbound"]}", callback.Headers["Authorization"]);
        Assert.DoesNotContain("ce-id", callback.Headers.Keys);
        var receipt = JsonValue.Parse(callback.Body).Value;
        string[] names = ["id", "reference", "to", "status", "created_at", "completed_at", "sent_at", "notification_type", "template_id", "template_version"];
        Assert.Equal(names, receipt.Members.Select(member => member.Key));
        Assert.Equal((id, "run.9", recipient, expected, type), (
            receipt["id"].AsString(), receipt["reference"].AsString(), receipt["to"].AsString(), receipt["status"].AsString(), receipt["notification_type"].AsString()));
        Assert.Equal("2026-03-30T17:00:00.000000Z", receipt["created_at"].AsString());

        var data = (await systems.NotifyGetAsync($"/v2/notifications/{id}")).Body;
        Assert.Equal((expected, receipt["completed_at"]), (data["status"].AsString(), data["completed_at"]));
        Assert.Equal(type == "sms" ? recipient : null, data["phone_number"].StringOrNull);
        Assert.Equal(type == "email" ? recipient : null, data["email_address"].StringOrNull);
    }

    [Theory]
    [InlineData("sms", "07700900111")]
    [InlineData("email", "simulate-delivered@notifications.service.gov.uk")]
    public async Task Message_ToASmokeTestRecipient_IsAnsweredAndNotKept(string type, string recipient)
    {
        var answer = await systems.NotifyAsync(type, type == "sms" ? Messages.Sms("run.1", recipient) : Messages.Email("run.1", recipient));
        Assert.Equal(201, answer.Status);
        Assert.Equal(404, (await systems.NotifyGetAsync($"/v2/notifications/{answer.Body["id"].AsString()}")).Status);
        Assert.Empty(Notify.Messages);
    }

    [Theory]
    [InlineData("/v2/notifications/one", 400, "ValidationError", "id is not a valid UUID")]
    [InlineData("/v2/notifications/00000000-0000-4000-8000-000000000000", 404, "NoResultFound", "No result found")]
    [InlineData("/v2/notifications?template_type=Apple", 400, "ValidationError", "template_type Apple is not one of [sms, email, letter]")]
    [InlineData("/v2/notifications?older_than=one", 400, "ValidationError", "older_than is not a valid UUID")]
    public async Task Get_ThatIsWrong_IsRefused(string path, int status, string error, string message)
    {
        var answer = await systems.NotifyGetAsync(path);
        Assert.Equal((status, error, message), (answer.Status, answer.Body["errors"][0]["error"].AsString(), answer.Body["errors"][0]["message"].AsString()));
    }

    [Fact]
    public async Task Get_OfAPage_IsNewestFirstWithLinks()
    {
        foreach (var reference in new[] { "a", "b", "c" }) await systems.NotifyAsync("sms", Messages.Sms(reference));
        var page = (await systems.NotifyGetAsync("/v2/notifications")).Body;
        Assert.Equal(["c", "b", "a"], page["notifications"].Items.Select(one => one["reference"].AsString()));
        var older = await systems.NotifyGetAsync($"/v2/notifications?older_than={page["notifications"][0]["id"].AsString()}");
        Assert.Equal(["b", "a"], older.Body["notifications"].Items.Select(one => one["reference"].AsString()));
        Assert.Contains($"older_than={page["notifications"][2]["id"].AsString()}", page["links"]["next"].AsString());
        var none = (await systems.NotifyGetAsync("/v2/notifications?reference=d")).Body;
        Assert.Equal(0, none["notifications"].Count);
        Assert.True(none["links"]["next"].IsNull);
    }

    [Fact]
    public async Task Get_AfterSevenDays_FindsNothing()
    {
        var id = (await systems.NotifyAsync("sms", Messages.Sms())).Body["id"].AsString();
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(404, (await systems.NotifyGetAsync($"/v2/notifications/{id}")).Status);
    }

    [Fact]
    public async Task Callback_ThatFails_IsSentAgainEveryFiveMinutesAtMostFiveTimes()
    {
        var jumping = new JumpingTimeProvider(Start);
        await using var hasty = await TestSystems.StartAsync(
            jumping, TimeProvider.System, notify: new NotifyOptions { CallbackRetryRealWait = TimeSpan.Zero }, platform: platform);
        for (var answer = 0; answer < 10; answer++) platform.Answers.Enqueue(503);
        await hasty.NotifyAsync("sms", Messages.Sms());
        var attempts = await platform.NextAsync(6);
        await hasty.Systems.WhenIdleAsync(default);
        Assert.Single(attempts.Select(attempt => attempt.Body).Distinct());
        Assert.Equal(5, jumping.Waits.Count(wait => wait == TimeSpan.FromMinutes(5)));
        Assert.Equal(4, platform.Answers.Count);
        Assert.True(platform.IsQuiet);
    }

    [Fact]
    public async Task Callback_WithFiveCopies_ComesFiveTimesThoughTaken()
    {
        await using var chatty = await TestSystems.StartAsync(clock, clock, notify: new NotifyOptions { CallbackCopies = 5 }, platform: platform);
        await chatty.NotifyAsync("sms", Messages.Sms());
        clock.Advance(TimeSpan.FromSeconds(7));
        var copies = await platform.NextAsync(5);
        Assert.Single(copies.Select(copy => copy.Body).Distinct());
    }
}
