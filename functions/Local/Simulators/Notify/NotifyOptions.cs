using System.Collections.Immutable;

namespace Interop.Local.Simulators.Notify;

/// <summary>What one later call meets although nothing is wrong with it.</summary>
internal enum NotifyFault
{
    /// <summary>500; nothing was sent.</summary>
    InternalError,

    /// <summary>500 after the message was taken: the answer was lost, the effect was not.</summary>
    InternalErrorAfterTaking,

    /// <summary>429 RateLimitError.</summary>
    RateLimit,

    /// <summary>429 TooManyRequestsError.</summary>
    DailyLimit,
}

/// <summary>How the simulated GOV.UK Notify behaves; the defaults are the real API's.</summary>
internal sealed record NotifyOptions
{
    public ImmutableArray<NotifyTemplate> Templates { get; init; } = NotifyTemplate.Northshire;

    /// <summary>LIVE, TEAM or TEST: it is named in the rate-limit error.</summary>
    public string KeyType { get; init; } = "LIVE";

    public int CallsPerMinute { get; init; } = 3_000;

    public int MessagesPerDay { get; init; } = 250_000;

    /// <summary>How long the API answers for a message (simulated time).</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long after creation a message is on its way, and how long after that its fate is known (simulated time).</summary>
    public TimeSpan SendingAfter { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan CompletedAfter { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Simulated time between attempts of a callback.</summary>
    public TimeSpan CallbackRetryWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Real time that such a wait takes at the least, however fast the simulated clock is: a restart of the platform is real.</summary>
    public TimeSpan CallbackRetryRealWait { get; init; } = TimeSpan.FromSeconds(2);

    public int CallbackRetries { get; init; } = 5;

    /// <summary>How often each callback is sent although it was taken: 5 shows that a state changes once.</summary>
    public int CallbackCopies { get; init; } = 1;

    /// <summary>What becomes of a message, by the national number or address of its recipient; others are delivered.</summary>
    public ImmutableDictionary<string, string> Fates { get; init; } = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("7700900003", "temporary-failure"),
        KeyValuePair.Create("7700900002", "permanent-failure"),
        KeyValuePair.Create("temp-fail@simulator.notify", "temporary-failure"),
        KeyValuePair.Create("perm-fail@simulator.notify", "permanent-failure"),
    ]);

    /// <summary>Smoke-test recipients: the call is checked and answered, nothing is kept and no receipt comes.</summary>
    public ImmutableHashSet<string> SmokeTests { get; init; } = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "7700900000", "7700900111", "7700900222",
        "simulate-delivered@notifications.service.gov.uk", "simulate-delivered-2@notifications.service.gov.uk",
        "simulate-delivered-3@notifications.service.gov.uk");
}
