using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Delivery;

/// <summary>What may have got through to a system that remembers for seven days is sent again only while it would tell. Each round is another process as far as this one can know: nothing but the store goes from one to the next.</summary>
public sealed class RemembersTests : IAsyncLifetime
{
    static readonly Sending Fresh = new(IdlePlatform.Force, new EffectId(new RunId("therunthatallcasesplayhere"), 1), IsFresh: true);
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    readonly ServiceProvider clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    IdlePlatform platform = null!;
    ScriptedNotify notify = null!;

    public async Task InitializeAsync() => (platform, notify) = (await IdlePlatform.Start(clock: clock), await ScriptedNotify.Start());

    public async Task DisposeAsync()
    {
        await notify.DisposeAsync();
        await platform.DisposeAsync();
        await clients.DisposeAsync();
    }

    // Rounds, each "days after the first: what the system answers"; how the last ends; how often the system was sent something.
    [Theory]
    [InlineData("0: send 500 | 7: ask none", nameof(SendResult.InDoubt), 1)]
    [InlineData("0: send drop | 7: ask none", nameof(SendResult.InDoubt), 1)]
    [InlineData("0: send 500 | 6.9999: ask none, send 201", nameof(SendResult.Delivered), 2)]
    [InlineData("0: send 500 | 5: | 7: ask none", nameof(SendResult.InDoubt), 1)]
    [InlineData("0: send 500 | 8:", nameof(SendResult.Unavailable), 1)]
    [InlineData("0: send 500 | 1: ask odd, ask odd", nameof(SendResult.Unavailable), 1)]
    [InlineData("0: send 500 | 1: ask odd, ask none, send 201", nameof(SendResult.Delivered), 2)]
    [InlineData("0: send 429 | 30: ask none, send 201", nameof(SendResult.Delivered), 2)]
    [InlineData("0: nobody | 30: ask none, send 201", nameof(SendResult.Delivered), 1)]
    [InlineData("0: nobody | 6: nobody | 30: ask none, send 201", nameof(SendResult.Delivered), 1)]
    [InlineData("0: send 500 | 6: ask none, send 500 | 8: ask none, send 201", nameof(SendResult.Delivered), 3)]
    [InlineData("0: send 500 | 6: ask none, send 500 | 13: ask none", nameof(SendResult.InDoubt), 2)]
    [InlineData("0: send 500 | 6: ask none, send 429 | 30: ask none, send 201", nameof(SendResult.Delivered), 3)]
    [InlineData("0: send 500, ask none, send 500 | 7: ask none", nameof(SendResult.InDoubt), 2)]
    public async Task Send_AfterRoundsThatFailed_IsHeldOnlyForWhatMayBeForgotten(string rounds, string ends, int sent)
    {
        SendResult? last = null;
        foreach (var (days, answers) in rounds.Split(" | ").Select(round => (double.Parse(round.Split(':')[0], CultureInfo.InvariantCulture), round.Split(':')[1].Trim()))) last = await Round(days, answers);

        Assert.Equal((ends, sent), (last!.GetType().Name, notify.Sent));
    }

    [Fact]
    public async Task Send_CutOffBeforeTheAnswer_IsInDoubtAllTheSame()
    {
        notify.Play("send wait");
        using var power = new CancellationTokenSource();
        var sending = Send(Fresh, notify.Address, power.Token);
        await notify.Waiting.Task;
        await power.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        var held = Assert.IsType<SendResult.InDoubt>(await Round(7, "ask none"));

        Assert.StartsWith("It may have got through: it was sent to GOV.UK Notify at 2026-03-01 12:00:00Z", held.Reason, StringComparison.Ordinal);
        Assert.Equal("an earlier attempt may have got through, and it is not there any more", Assert.Single(held.Attempts).Outcome);
    }

    // docs/scale.md reckons with it. What got through leaves its note, which goes with the run.
    [Theory]
    [InlineData("send 201", 1)]
    [InlineData("send 500", 1)]
    [InlineData("send 429", 2)]
    [InlineData("send 500, ask none, send 500", 1)]
    public async Task Send_OfOneRound_WritesOnceAndOnceMoreWhereNothingIsInDoubt(string answers, int commits)
    {
        var seen = 0;
        platform.Store.Before = (_, _) => Task.FromResult(seen++);

        await Round(0, answers);

        Assert.Equal(commits, seen);
    }

    // Whoever cannot be reached at all read nothing, however long that took to show.
    [Fact]
    public async Task Send_ThatDoesNotConnectInTime_IsNotInDoubt()
    {
        await using var silent = new ServiceCollection().ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                return Stream.Null;
            },
        })).BuildServiceProvider();

        var result = await Send(Fresh, notify.Address, CancellationToken.None, silent);

        Assert.False(Assert.IsType<SendResult.Unavailable>(result).MayHaveArrived);
        Assert.IsType<SendResult.Delivered>(await Round(30, "ask none, send 201"));
    }

    async Task<SendResult> Round(double days, string answers)
    {
        notify.Play(answers == "nobody" ? "" : answers);
        clock.SetUtcNow(clock.Start.AddDays(days));
        return await Send(Fresh with { IsFresh = days == 0 }, answers == "nobody" ? notify.Closed : notify.Address, CancellationToken.None);
    }

    // Of a round: two attempts.
    Task<SendResult> Send(Sending sending, Uri address, CancellationToken cancellation, ServiceProvider? others = null)
    {
        var system = platform.Get<DefinitionSet>().Systems.First(system => system.Id.Value == "notify") with { Outbound = OutboundAuthentication.None };
        var options = new DeliveryOptions { Addresses = ImmutableDictionary<string, Uri>.Empty.Add("notify", address), AttemptsARound = 2, FirstDelay = TimeSpan.FromMilliseconds(1) };
        var transport = new SystemTransport((others ?? clients).GetRequiredService<IHttpClientFactory>(), platform.Get<ISecretStore>(), platform.Get<DoubtBook>(), clock, options);
        return transport.Send(system, system.Messages["sms"], "{}"u8.ToArray(), sending, cancellation);
    }
}
