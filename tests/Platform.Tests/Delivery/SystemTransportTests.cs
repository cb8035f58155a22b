using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;

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

        var sent = await platform.Get<SystemTransport>().Send(system, system.Messages.Values.First(type => type.Request is not null), "{}"u8.ToArray(), "effect", isFresh: true, CancellationToken.None);

        var reason = Assert.IsType<SendResult.NotSent>(sent).Reason;
        Assert.Contains(SecretNames.Outbound(system), reason, StringComparison.Ordinal);
        Assert.Single(sent.Attempts);
    }
}
