using System.Collections.Immutable;
using Interop.Core.Messages;

namespace Interop.Platform.Delivery;

/// <summary>What a host decides about deliveries.</summary>
public sealed record DeliveryOptions
{
    static readonly TimeSpan LongestBetweenRounds = TimeSpan.FromMinutes(15);

    /// <summary>Addresses that take the place of the definitions', by system (<c>rms</c>, of whatever organisation) or by organisation and system (<c>northshire/rms</c>), which goes before.</summary>
    public ImmutableDictionary<string, Uri> Addresses { get; init; } = ImmutableDictionary<string, Uri>.Empty;

    /// <summary>The address that takes the place of the definition's, or null.</summary>
    public Uri? AddressOf(OrganisationId organisation, SystemId system) => Addresses.GetValueOrDefault($"{organisation.Value}/{system.Value}") ?? Addresses.GetValueOrDefault(system.Value);

    /// <summary>Whether addresses of this machine and of private networks may be called (server-side request forgery).</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Attempts in one round, close to each other.</summary>
    public int AttemptsARound { get; init; } = 5;

    /// <summary>Wall-clock delay before the second attempt of a round; doubled from there, with jitter.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay within a round; a longer <c>Retry-After</c> ends the round.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rounds before a delivery is given up as a dead letter.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Wall-clock delay between the first rounds; doubled from there, at most 15 minutes.</summary>
    public TimeSpan BetweenRounds { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wall-clock delay after so many rounds that failed.</summary>
    public TimeSpan DelayAfter(int rounds)
    {
        var wait = BetweenRounds * Math.Pow(2, rounds - 1);
        return wait < LongestBetweenRounds ? wait : LongestBetweenRounds;
    }

    /// <summary>The longest answer read.</summary>
    public int MaxAnswerBytes { get; init; } = 1 << 20;
}
