using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Erasure;
using Interop.Platform.Runs;

namespace Interop.Platform.Tests.Erasure;

/// <summary>Who is to be told of an erasure: the other organisations that may have read some of what was erased.</summary>
public sealed class RecipientsTests
{
    [Theory]
    [InlineData(EffectStatus.Done, true, true)]
    [InlineData(EffectStatus.InDoubt, true, true)]
    [InlineData(EffectStatus.Dropped, true, true)]
    [InlineData(EffectStatus.Cancelled, true, true)]
    [InlineData(EffectStatus.Dead, true, true)]
    [InlineData(EffectStatus.Dead, false, false)]
    [InlineData(EffectStatus.Held, null, false)]
    [InlineData(EffectStatus.Cancelled, null, false)]
    public void Recipients_OfADelivery_AreThoseWhoMayHaveReadIt(EffectStatus status, bool? mayHaveArrived, bool isTold)
    {
        ImmutableArray<DeliveryAttempt> attempts = mayHaveArrived is { } read ? [new DeliveryAttempt(DateTimeOffset.UnixEpoch, 0, 1, "no answer in time", read)] : [];

        var told = Eraser.Recipients(new OrganisationId("northshire"), [To("northshire", status, attempts), To("cps", status, attempts), To("cps", status, attempts)]);

        Assert.Equal(isTold ? "cps" : "", string.Join(' ', told));
    }

    static EffectRecord To(string organisation, EffectStatus status, ImmutableArray<DeliveryAttempt> attempts) => new(
        "therunthatallcasesplayhere.1", "call", "deliver", "/do/0/one", JsonValue.Null, status, DateTimeOffset.UnixEpoch,
        Delivery: new DeliveryRecord("cps-case-management", organisation, "case-file", "cps-case-file@1.0.0", null, null, JsonValue.Null, null, null, attempts));
}
