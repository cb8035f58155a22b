using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Tests.Delivery;

public sealed class SystemTransportTests
{
    [Theory]
    [InlineData(OutboundAuthentication.Bearer, null)]
    [InlineData(OutboundAuthentication.Hmac, null)]
    [InlineData(OutboundAuthentication.JwtHs256, null)]
    [InlineData(OutboundAuthentication.JwtHs256, "too-short")]
    public async Task Send_WithoutTheSecretToProveItself_IsNotSentAndNamesTheSecret(OutboundAuthentication way, string? secret)
    {
        await using var platform = await IdlePlatform.Start();
        var system = platform.Get<DefinitionSet>().Systems.First(system => system.Messages.Values.Any(type => type.Request is not null)) with { Outbound = way };
        if (secret is not null) platform.Secrets[SecretNames.Outbound(system)] = secret;

        var sent = await platform.Get<SystemTransport>().Send(system, system.Messages.Values.First(type => type.Request is not null), "{}"u8.ToArray(), Effect(isFresh: true), CancellationToken.None);

        var reason = Assert.IsType<SendResult.NotSent>(sent).Reason;
        Assert.Contains(SecretNames.Outbound(system), reason, StringComparison.Ordinal);
        Assert.Single(sent.Attempts);
    }

    // A message on its way is not sent a second time only since nobody has seen it arrive.
    [Theory]
    [InlineData(3, 1, nameof(SendResult.Delivered))]
    [InlineData(int.MaxValue, 1, nameof(SendResult.Unavailable))]
    public async Task Send_WithNoAnswer_OnlyAsksUntilTheNextRound(int takesAfter, int sent, string ends)
    {
        await using var notify = await AbsentMindedNotify.Start(takesAfter);

        var result = await Send(notify, isFresh: true);

        Assert.Equal((sent, ends), (notify.Sent, result.GetType().Name));
    }

    [Fact]
    public async Task Send_InTheNextRound_AsksAndSendsAgain()
    {
        await using var notify = await AbsentMindedNotify.Start(takesAfter: 2);

        var result = await Send(notify, isFresh: false);

        Assert.Equal((1, nameof(SendResult.Delivered)), (notify.Sent, result.GetType().Name));
    }

    static Sending Effect(bool isFresh) => new(IdlePlatform.Force, new EffectId(new RunId("therunthatallcasesplayhere"), 1), isFresh);

    static async Task<SendResult> Send(AbsentMindedNotify notify, bool isFresh)
    {
        await using var platform = await IdlePlatform.Start();
        var system = platform.Get<DefinitionSet>().Systems.First(system => system.Id.Value == "notify") with { Outbound = OutboundAuthentication.None };
        await using var clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var options = new DeliveryOptions { Addresses = ImmutableDictionary<string, Uri>.Empty.Add("notify", notify.Address), FirstDelay = TimeSpan.FromMilliseconds(1) };
        var transport = new SystemTransport(clients.GetRequiredService<IHttpClientFactory>(), platform.Get<ISecretStore>(), platform.Get<DoubtBook>(), TimeProvider.System, options);
        return await transport.Send(system, system.Messages["sms"], "{}"u8.ToArray(), Effect(isFresh), CancellationToken.None);
    }
}
