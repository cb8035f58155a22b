using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Local.Simulators;

/// <summary>How a system proves to the platform who it is.</summary>
internal enum SenderProof
{
    Hmac,
    Bearer,
}

/// <summary>A message as a system sends it.</summary>
/// <param name="Type">The message type in the platform's address.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body, in the system's own format.</param>
/// <param name="Id">The id it gives the message.</param>
/// <param name="At">The simulated time it speaks of.</param>
/// <param name="Enveloped">Whether CloudEvents headers (binary mode) go with it; else the bare body alone.</param>
internal sealed record OutgoingMessage(string Type, string ContentType, string Body, string Id, DateTimeOffset At, bool Enveloped = true);

/// <summary>How often and how fast a message is sent again; waits are real time, since what is waited for (a restart) is real.</summary>
internal sealed record ResendPolicy(int MaxAttempts, TimeSpan FirstWait, TimeSpan LongestWait)
{
    /// <summary>Long enough for a platform that restarts several times.</summary>
    public static ResendPolicy Default { get; } = new(300, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    /// <summary>The wait after an attempt (from 1): doubled each time up to the longest.</summary>
    public TimeSpan WaitAfter(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(FirstWait.Ticks * Math.Pow(2, Math.Min(attempt - 1, 30)), LongestWait.Ticks));
}

/// <summary>Posts the messages of one system to the platform: proves who sends, keeps the message id, sends again until 2xx or a final refusal.</summary>
internal sealed class PlatformSender(
    HttpClient http, Func<Uri> platform, string receiver, string system, SenderProof proof, string key, SentLog log, TimeProvider wall, ResendPolicy? policy = null)
{
    const int DetailLimit = 500;

    static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(15);

    readonly ResendPolicy policy = policy ?? ResendPolicy.Default;

    /// <summary>Sends, and sends again with the same id while the platform cannot take it.</summary>
    public async Task<SentMessage> SendAsync(OutgoingMessage message, CancellationToken cancel)
    {
        var last = (Status: 0, Detail: "");
        for (var attempt = 1; attempt <= policy.MaxAttempts; attempt++)
        {
            last = await TryOnceAsync(message, cancel);
            if (last.Status is >= 200 and < 300) return Logged(message, SendResult.Accepted, last, attempt);
            if (IsFinal(last.Status)) return Logged(message, SendResult.Refused, last, attempt);
            if (attempt < policy.MaxAttempts) await Task.Delay(policy.WaitAfter(attempt), wall, cancel);
        }

        return Logged(message, SendResult.GaveUp, last, policy.MaxAttempts);
    }

    /// <summary>One attempt; the status is 0 if there was no answer.</summary>
    public async Task<(int Status, string Detail)> TryOnceAsync(OutgoingMessage message, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(AttemptTimeout);
        try
        {
            using var request = Request(message);
            using var response = await http.SendAsync(request, timeout.Token);
            var text = await response.Content.ReadAsStringAsync(timeout.Token);
            return ((int)response.StatusCode, text.Length <= DetailLimit ? text : text[..DetailLimit]);
        }
        catch (HttpRequestException failure)
        {
            return (0, failure.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (0, $"No answer within {AttemptTimeout.TotalSeconds:F0} s.");
        }
    }

    /// <summary>HMAC-SHA256 over timestamp, a full stop and the body, in lower-case hex.</summary>
    public static string Signature(string key, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
    }

    // Too many requests and a timeout pass by themselves; every other 4xx says that the message itself is not wanted.
    static bool IsFinal(int status) =>
        status is >= 400 and < 500 and not ((int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests);

    HttpRequestMessage Request(OutgoingMessage message)
    {
        var body = Encoding.UTF8.GetBytes(message.Body);
        var path = $"/api/organisations/{receiver}/systems/{system}/messages/{message.Type}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(platform(), path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        if (message.Enveloped) Envelope(request.Headers, message);
        if (proof == SenderProof.Bearer) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        else Sign(request.Headers, body);
        return request;
    }

    void Envelope(HttpRequestHeaders headers, OutgoingMessage message)
    {
        headers.Add("ce-specversion", "1.0");
        headers.Add("ce-id", message.Id);
        headers.Add("ce-source", $"/systems/{system}");
        headers.Add("ce-type", message.Type);
        headers.Add("ce-time", Timestamps.Utc(message.At));
    }

    void Sign(HttpRequestHeaders headers, byte[] body)
    {
        var timestamp = wall.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.Add("X-Interop-Timestamp", timestamp);
        headers.Add("X-Interop-Signature", "sha256=" + Signature(key, timestamp, body));
    }

    SentMessage Logged(OutgoingMessage message, SendResult result, (int Status, string Detail) last, int attempts)
    {
        var sent = new SentMessage(message.Type, message.Id, result, last.Status, attempts, last.Detail, message.At);
        log.Add(sent);
        return sent;
    }
}
