using Interop.Local.Simulators;

namespace Interop.Local.Tests.Simulators;

public sealed class PlatformSenderTests : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    static readonly ResendPolicy Policy = new(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150));
    static readonly OutgoingMessage Message = new("status-event", "application/json", """{"eventId":"EV-1"}""", "EV-1", Start);

    static readonly HttpClient Http = new();

    readonly JumpingTimeProvider wall = new(Start);
    readonly SentLog log = new();
    FakePlatform platform = null!;

    public async Task InitializeAsync() => platform = await FakePlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    PlatformSender Sender(SenderProof proof = SenderProof.Hmac, Uri? address = null) =>
        new(Http, () => address ?? platform.Address, "northshire", "rms", proof, "a key", log, wall, Policy);

    // Answers before the last, how it ends, how many attempts it takes, and the waits in between in milliseconds.
    [Theory]
    [InlineData(new[] { 202 }, "Accepted", 1, new int[0])]
    [InlineData(new[] { 503, 202 }, "Accepted", 2, new[] { 50 })]
    [InlineData(new[] { 429, 408, 500, 202 }, "Accepted", 4, new[] { 50, 100, 150 })]
    [InlineData(new[] { 500, 400 }, "Refused", 2, new[] { 50 })]
    [InlineData(new[] { 401 }, "Refused", 1, new int[0])]
    [InlineData(new[] { 500, 502, 503, 504, 500, 202 }, "GaveUp", 5, new[] { 50, 100, 150, 150 })]
    public async Task Send_UntilTakenOrRefused_KeepsItsId(int[] answers, string result, int attempts, int[] waits)
    {
        foreach (var answer in answers) platform.Answers.Enqueue(answer);
        var sent = await Sender().SendAsync(Message, default);
        Assert.Equal((result, attempts), (sent.Result.ToString(), sent.Attempts));
        Assert.Equal(waits, wall.Waits.Select(wait => (int)wait.TotalMilliseconds));
        Assert.Same(sent, log.Entries.Single());
        Assert.All(await platform.NextAsync(attempts), arrived => Assert.Equal("EV-1", arrived.Headers["ce-id"]));
        Assert.True(platform.IsQuiet);
    }

    [Fact]
    public async Task Send_WhenNobodyListens_GivesUpWithAReadableRecord()
    {
        var sent = await Sender(address: new Uri("http://127.0.0.1:1")).SendAsync(Message, default);
        Assert.Equal((SendResult.GaveUp, 5, 0), (sent.Result, sent.Attempts, sent.Status));
        Assert.StartsWith("status-event EV-1 was given up after 5 attempts; the last: ", sent.ToString());
    }

    [Fact]
    public async Task Send_Signed_CarriesTheEnvelopeAndAFreshTimestamp()
    {
        platform.Answers.Enqueue(500);
        await Sender().SendAsync(Message, default);
        var attempts = await platform.NextAsync(2);
        var first = attempts[0].Headers;
        Assert.Equal("/api/organisations/northshire/systems/rms/messages/status-event", attempts[0].Path);
        Assert.Equal(("1.0", "EV-1", "/systems/rms", "status-event", "2026-11-02T08:00:00Z"),
            (first["ce-specversion"], first["ce-id"], first["ce-source"], first["ce-type"], first["ce-time"]));
        Assert.Equal(Start.ToUnixTimeSeconds().ToString(), first["X-Interop-Timestamp"]);
        // Computed with openssl: printf '1793606400.{"eventId":"EV-1"}' | openssl dgst -sha256 -hmac 'a key'
        Assert.Equal("sha256=a899751ef0a9033d7bfc5cd81543718ff81142a7376dc5da6ab1ab33a3906ad6", first["X-Interop-Signature"]);
    }

    [Fact]
    public async Task Send_WithABearerAndNoEnvelope_SendsTheBareBody()
    {
        await Sender(SenderProof.Bearer).SendAsync(Message with { Enveloped = false, ContentType = "application/xml", Body = "<a/>" }, default);
        var arrived = await platform.NextAsync();
        Assert.Equal(("<a/>", "application/xml", "Bearer a key"), (arrived.Body, arrived.ContentType, arrived.Headers["Authorization"]));
        Assert.DoesNotContain(arrived.Headers.Keys, name => name.StartsWith("ce-", StringComparison.Ordinal) || name.StartsWith("X-Interop", StringComparison.Ordinal));
    }
}
