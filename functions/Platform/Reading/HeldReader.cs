using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Rows;
using Interop.Platform.Runs;

namespace Interop.Platform.Reading;

/// <summary>Something that waits for a person, with what can be done about it.</summary>
/// <param name="Kind">message, parked, delivery, dead-letter, in-doubt, notice or work.</param>
/// <param name="Id">The message's id, or the effect's id of a delivery or notice.</param>
/// <param name="Run">The run of a delivery or notice.</param>
/// <param name="System">Where it came from or was to go.</param>
/// <param name="Type">The type of message.</param>
/// <param name="Reason">Why it waits, without personal data.</param>
/// <param name="At">Since when, in business time.</param>
/// <param name="Recipient">The other organisation a delivery was to go to; null within the own.</param>
/// <param name="Agreement">The agreement, with its clause, by which a delivery was decided; null when there was none.</param>
/// <param name="IsRefused">Whether the sharing rules refused the delivery.</param>
public sealed record HeldView(
    string Kind, string Id, string? Run, string System, string Type, string Reason, DateTimeOffset At, string? Recipient, string? Agreement, bool IsRefused);

/// <summary>What waits for people.</summary>
sealed class HeldReader(HeldList held, RunList runs, DefinitionRegistry definitions)
{
    const int MostListed = 500;

    public async Task<ImmutableArray<HeldView>> All(InteropUser user, CancellationToken cancellation)
    {
        var items = ImmutableArray.CreateBuilder<HeldView>();
        foreach (var item in await held.All(user.Organisation, MostListed, cancellation)) items.Add(await View(user, item, cancellation));
        return items.ToImmutable();
    }

    async Task<HeldView> View(InteropUser user, HeldItem item, CancellationToken cancellation)
    {
        var view = new HeldView(Kebab.Of(item.Kind), item.Id, item.Run, item.System, item.Type, item.Reason, item.At, null, null, false);
        if (item.Run is null || !EffectId.TryParse(item.Id, out var id) || await runs.Effect(user.Organisation, id, cancellation) is not { Delivery: { } delivery }) return view;
        return view with
        {
            Recipient = delivery.Organisation == user.Organisation.Value ? null : definitions.Current.Organisations.GetValueOrDefault(new OrganisationId(delivery.Organisation))?.Title ?? delivery.Organisation,
            Agreement = delivery.Agreement,
            IsRefused = delivery.IsRefused,
        };
    }
}
