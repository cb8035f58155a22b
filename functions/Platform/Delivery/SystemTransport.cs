using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Platform.Connectors;
using Interop.Platform.Runs;
using Polly;
using Polly.Retry;

namespace Interop.Platform.Delivery;

/// <summary>How sending ended, after the retries of one round.</summary>
abstract record SendResult(ImmutableArray<DeliveryAttempt> Attempts)
{
    /// <summary>False only when it is certain that the other side read nothing.</summary>
    public bool MayHaveArrived => Attempts.Any(attempt => attempt.MayHaveArrived);

    /// <summary>The system took it.</summary>
    public sealed record Delivered(byte[] Body, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);

    /// <summary>The system refused it, and would again.</summary>
    public sealed record Refused(int Status, byte[] Body, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);

    /// <summary>The system did not answer, or asked to wait: another round may get through.</summary>
    public sealed record Unavailable(string Reason, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);

    /// <summary>It was not sent, since the platform cannot prove who it is: a person must mend that.</summary>
    public sealed record NotSent(string Reason, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);
}

/// <summary>Sends a body to a system over HTTP: authenticated, with the effect's id as idempotency key, retried with jitter, never twice where the system can be asked.</summary>
sealed class SystemTransport(IHttpClientFactory clients, ISecretStore secrets, TimeProvider clock, DeliveryOptions options)
{
    public const string Client = "interop-systems";
    const string IdempotencyKey = "Idempotency-Key";

    static readonly ImmutableArray<HttpRequestError> NothingSent = [HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ProxyTunnelError];

    public async Task<SendResult> Send(SystemDefinition system, MessageType type, byte[] body, string effect, bool isFresh, CancellationToken cancellation)
    {
        var attempts = ImmutableArray.CreateBuilder<DeliveryAttempt>();
        var (mayHaveGotThrough, mayBeUnderWay) = (!isFresh, false);
        var pipeline = new ResiliencePipelineBuilder<Answer>().AddRetry(Retries()).Build();
        var last = await pipeline.ExecuteAsync(
            async token =>
            {
                var answer = mayHaveGotThrough && type.BeforeRetry is { } check ? await Ask(system, check, effect, mayBeUnderWay, token) : null;
                if (answer is null)
                {
                    answer = await Attempt(system, new HttpRequestMessage(new HttpMethod(type.Request!.Method), Address(system, type.Request.Path)), body, type, effect, token);
                    (mayHaveGotThrough, mayBeUnderWay) = (true, answer.Made is { Status: 0, MayHaveArrived: true });
                }

                attempts.Add(answer.Made);
                return answer;
            },
            cancellation);
        return last.Verdict switch
        {
            Verdict.Taken => new SendResult.Delivered(last.Body, attempts.ToImmutable()),
            Verdict.Refused => new SendResult.Refused(last.Made.Status, last.Body, attempts.ToImmutable()),
            Verdict.NotSent => new SendResult.NotSent(last.Made.Outcome, attempts.ToImmutable()),
            _ => new SendResult.Unavailable($"{system.Title} did not take it: {last.Made.Outcome}.", attempts.ToImmutable()),
        };
    }

    RetryStrategyOptions<Answer> Retries() => new()
    {
        MaxRetryAttempts = options.AttemptsARound - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.FirstDelay,
        MaxDelay = options.LongestDelay,
        ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is { Verdict: Verdict.TryAgain }),
        DelayGenerator = outcome => ValueTask.FromResult(outcome.Outcome.Result?.RetryAfter is { } wait && wait < options.LongestDelay ? (TimeSpan?)wait : null),
    };

    // Null when the system does not have the effect. An answer that tells nothing counts as "try again": to send in doubt could send twice.
    // What was sent in this round and not answered may yet arrive: until the next round the system is only asked for it.
    async Task<Answer?> Ask(SystemDefinition system, RetryCheck check, string effect, bool mayBeUnderWay, CancellationToken cancellation)
    {
        var path = check.Path.Replace("{effect}", Uri.EscapeDataString(effect), StringComparison.Ordinal);
        var answer = await Attempt(system, new HttpRequestMessage(HttpMethod.Get, Address(system, path)), null, null, effect, cancellation);
        if (answer.Verdict == Verdict.NotSent) return answer;
        if (answer.Verdict != Verdict.Taken) return answer with { Verdict = Verdict.TryAgain };
        var json = JsonValue.Parse(answer.Body);
        if (!json.Succeeded) return answer with { Verdict = Verdict.TryAgain };
        var found = check.Found!.First(json.Value);
        if (!found.Succeeded || found.Value != JsonValue.True)
            return mayBeUnderWay ? answer with { Verdict = Verdict.TryAgain, Made = answer.Made with { Outcome = "no answer to what was sent, and it is not there yet" } } : null;
        var earlier = check.Answer?.First(json.Value) ?? json;
        return answer with { Body = earlier.Succeeded ? earlier.Value.ToUtf8() : [], Made = answer.Made with { Outcome = "an earlier attempt had got through" } };
    }

    async Task<Answer> Attempt(SystemDefinition system, HttpRequestMessage request, byte[]? body, MessageType? type, string effect, CancellationToken cancellation)
    {
        using var owned = request;
        var started = Stopwatch.GetTimestamp();
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Format.All[system.Format].MediaType, "utf-8");
        }

        request.Headers.TryAddWithoutValidation(IdempotencyKey, effect);
        DeliveryAttempt Made(int status, string outcome) => new(clock.GetUtcNow(), status, Stopwatch.GetElapsedTime(started).TotalMilliseconds, outcome);
        if (await OutboundCredentials.Add(request, system, body ?? [], secrets, cancellation) is { } problem) return new Answer(Verdict.NotSent, [], null, Made(0, problem.Message));
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            var answered = await response.Content.ReadAsByteArrayAsync(cancellation);
            var verdict = VerdictOf(response.StatusCode, answered, type);
            return new Answer(verdict, answered, response.Headers.RetryAfter?.Delta, Made((int)response.StatusCode, $"HTTP {(int)response.StatusCode}"));
        }
        catch (HttpRequestException failed)
        {
            return new Answer(Verdict.TryAgain, [], null, Made(0, failed.InnerException is AddressRefusedException refused ? refused.Message : $"no connection ({failed.HttpRequestError})") with { MayHaveArrived = !NothingSent.Contains(failed.HttpRequestError) && failed.InnerException is not AddressRefusedException });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Answer(Verdict.TryAgain, [], null, Made(0, "no answer in time"));
        }
    }

    static Verdict VerdictOf(HttpStatusCode status, byte[] body, MessageType? type) => (int)status switch
    {
        >= 200 and < 300 => Verdict.Taken,
        408 or 425 or 429 or >= 500 => type?.RefusedWhen is { } refused && Says(refused, body) ? Verdict.Refused : Verdict.TryAgain,
        _ => Verdict.Refused,
    };

    static bool Says(Interop.Core.Jq.JqProgram program, byte[] body) =>
        JsonValue.Parse(body) is { Succeeded: true } json && program.First(json.Value) is { Succeeded: true } says && says.Value == JsonValue.True;

    Uri Address(SystemDefinition system, string path)
    {
        var address = options.AddressOf(system.Organisation, system.Id) ?? system.Address!;
        return new Uri(address.AbsoluteUri.TrimEnd('/') + path);
    }

    enum Verdict
    {
        Taken,
        Refused,
        TryAgain,
        NotSent,
    }

    sealed record Answer(Verdict Verdict, byte[] Body, TimeSpan? RetryAfter, DeliveryAttempt Made);
}
