using Interop.Core.Audit;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Audit;

public sealed class SealedHeadTests
{
    static readonly AuditHead Head = new(new OrganisationId("northshire"), new DateOnly(2026, 4, 2), 7, new string('a', 64));
    static readonly byte[] Key = [1, 2, 3];

    [Fact]
    public void IsGenuine_ReadBack_StaysSo() => Assert.True(SealedHead.FromJson(SealedHead.Of(Head, Key).ToJson()).Value.IsGenuine(Key));

    [Fact]
    public void IsGenuine_OfAnotherHeadOrKeyOrWithoutASeal_IsNot()
    {
        var sealedHead = SealedHead.Of(Head, Key);

        Assert.False((sealedHead with { Head = Head with { Sequence = 6 } }).IsGenuine(Key));
        Assert.False(sealedHead.IsGenuine([1, 2, 4]));
        Assert.False(SealedHead.FromJson(Head.ToJson()).Value.IsGenuine(Key));
    }
}
