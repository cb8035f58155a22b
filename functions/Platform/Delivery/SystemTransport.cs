using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Interop.Core.Delivery;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
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

    /// <summary>An earlier attempt may have got through, and the system no longer tells: a person must decide.</summary>
    public sealed record InDoubt(string Reason, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);

    /// <summary>It was not sent, since the platform cannot prove who it is: a person must mend that.</summary>
    public sealed record NotSent(string Reason, ImmutableArray<DeliveryAttempt> Attempts) : SendResult(Attempts);
}

/// <summary>Whose effect is sent.</summary>
/// <param name="Organisation">The run's.</param>
/// <param name="Effect">The effect: its id is the idempotency key.</param>
/// <param name="IsFresh">True only when it was never tried.</param>
readonly record struct Sending(OrganisationId Organisation, EffectId Effect, bool IsFresh);

/// <summary>Sends a body to a system over HTTP: authenticated, with the effect's id as idempotency key, retried with jitter, never twice where the system can be asked.</summary>
sealed class SystemTransport(IHttpClientFactory clients, ISecretStore secrets, DoubtBook doubts, TimeProvider clock, DeliveryOptions options)
{
    public const string Client = "interop-systems";
    const string IdempotencyKey = "Idempotency-Key";

    static readonly ImmutableArray<HttpRequestError> NothingSent = [HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ProxyTunnelError];

    public async Task<SendResult> Send(SystemDefinition system, MessageType type, byte[] body, Sending sending, CancellationToken cancellation)
    {
        var attempts = ImmutableArray.CreateBuilder<DeliveryAttempt>();
        var (mayHaveGotThrough, isNoted, remembers) = (!sending.IsFresh, false, type.BeforeRetry?.Remembers);
        var doubt = new Doubt(remembers is null || sending.IsFresh ? null : await doubts.Since(sending, cancellation), IsUnderWay: false);
        var pipeline = new ResiliencePipelineBuilder<Answer>().AddRetry(Retries()).Build();
        var last = await pipeline.ExecuteAsync(
            async token =>
            {
                var answer = mayHaveGotThrough && type.BeforeRetry is { } check ? await Ask(system, check, sending.Effect, doubt, token) : null;
                if (answer is null)
                {
                    var begun = clock.GetUtcNow();
                    if (remembers is not null && !isNoted) await doubts.Note(sending, begun, token);
                    answer = await Attempt(system, new HttpRequestMessage(new HttpMethod(type.Request!.Method), Address(system, type.Request.Path)), body, type, sending.Effect, token);
                    (mayHaveGotThrough, isNoted) = (true, remembers is not null);
                    doubt = answer.Verdict == Verdict.TryAgain ? Doubt.After(begun, answer.Made.Status, answer.Made.MayHaveArrived) : default;
                }

                attempts.Add(answer.Made);
                return answer;
            },
            cancellation);
        if (isNoted && doubt.Since is null && last.Verdict != Verdict.Taken) await doubts.Clear(sending, cancellation);
        return last.Verdict switch
        {
            Verdict.Taken => new SendResult.Delivered(last.Body, attempts.ToImmutable()),
            Verdict.Refused => new SendResult.Refused(last.Made.Status, last.Body, attempts.ToImmutable()),
            Verdict.NotSent => new SendResult.NotSent(last.Made.Outcome, attempts.ToImmutable()),
            Verdict.InDoubt => new SendResult.InDoubt(RetryRules.Reason(system.Title, doubt.Since!.Value, remembers!.Value), attempts.ToImmutable()),
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

    // Null when it is to be sent. What was sent in this round and not answered may yet arrive: until the next round the system is only asked for it.
    async Task<Answer?> Ask(SystemDefinition system, RetryCheck check, EffectId effect, Doubt doubt, CancellationToken cancellation)
    {
        var path = check.Path.Replace("{effect}", Uri.EscapeDataString(effect.ToString()), StringComparison.Ordinal);
        var answer = await Attempt(system, new HttpRequestMessage(HttpMethod.Get, Address(system, path)), null, null, effect, cancellation);
        if (answer.Verdict == Verdict.NotSent) return answer;
        var said = answer.Verdict == Verdict.Taken && JsonValue.Parse(answer.Body) is { Succeeded: true } json ? json.Value : (JsonValue?)null;
        var says = said is null ? SystemSays.Nothing : Told(check.Found!, said.Value);
        Answer Because(string outcome) => answer with { Made = answer.Made with { Outcome = outcome } };
        return RetryRules.Decide(says, doubt, check.Remembers, clock.GetUtcNow()) switch
        {
            RetryDecision.SendAgain => null,
            RetryDecision.Arrived => Because("an earlier attempt had got through") with { Body = EarlierAnswer(check, said!.Value) },
            RetryDecision.Hold => Because("an earlier attempt may have got through, and it is not there any more") with { Verdict = Verdict.InDoubt },
            _ when says == SystemSays.HasItNot => Because("no answer to what was sent, and it is not there yet") with { Verdict = Verdict.TryAgain },
            _ when said is not null => Because("its answer does not tell whether an earlier attempt got through") with { Verdict = Verdict.TryAgain },
            _ => answer with { Verdict = Verdict.TryAgain },
        };
    }

    // An answer of another shape, on which the program fails, tells nothing: to send after it could send twice.
    static SystemSays Told(Interop.Core.Jq.JqProgram found, JsonValue said) => found.Run(said).FirstOrDefault() switch
    {
        { Succeeded: false } => SystemSays.Nothing,
        { } output when output.Value == JsonValue.True => SystemSays.HasIt,
        _ => SystemSays.HasItNot,
    };

    static byte[] EarlierAnswer(RetryCheck check, JsonValue said)
    {
        var earlier = check.Answer?.First(said) ?? said;
        return earlier.Succeeded ? earlier.Value.ToUtf8() : [];
    }

    async Task<Answer> Attempt(SystemDefinition system, HttpRequestMessage request, byte[]? body, MessageType? type, EffectId effect, CancellationToken cancellation)
    {
        using var owned = request;
        var started = Stopwatch.GetTimestamp();
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Format.All[system.Format].MediaType, "utf-8");
        }

        request.Headers.TryAddWithoutValidation(IdempotencyKey, effect.ToString());
        DeliveryAttempt Made(int status, string outcome) => new(clock.GetUtcNow(), status, Stopwatch.GetElapsedTime(started).TotalMilliseconds, outcome);
        if (await OutboundCredentials.Add(request, system, body ?? [], secrets, cancellation) is { } problem) return new Answer(Verdict.NotSent, [], null, Made(0, problem.Message) with { MayHaveArrived = false });
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
        catch (OperationCanceledException failed) when (!cancellation.IsCancellationRequested)
        {
            return new Answer(Verdict.TryAgain, [], null, IsConnecting(failed) ? Made(0, "no connection in time") with { MayHaveArrived = false } : Made(0, "no answer in time"));
        }
    }

    // The time that ran out is that of connecting, which has no cancellation inside, or that of the whole call.
    static bool IsConnecting(OperationCanceledException failed) => failed.InnerException is TimeoutException { InnerException: not OperationCanceledException };

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
        InDoubt,
    }

    sealed record Answer(Verdict Verdict, byte[] Body, TimeSpan? RetryAfter, DeliveryAttempt Made);
}
