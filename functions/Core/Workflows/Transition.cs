using System.Collections.Immutable;

namespace Interop.Core.Workflows;

/// <summary>What one step led to. Store the state, the journal and the effects in one transaction; then perform the effects.</summary>
/// <param name="State">The new state; the old one after a refusal.</param>
/// <param name="Effects">What to do, in this order.</param>
/// <param name="Journal">What to write down, in this order.</param>
/// <param name="Refusal">
/// Why the event did not fit; then nothing else changed. Rules: <c>not-started</c>, <c>already-started</c>, <c>finished</c>, <c>unknown-effect</c> (also: cancelled meanwhile),
/// <c>no-listener</c>, <c>duplicate-event</c>, <c>inbox-full</c>, <c>not-an-event</c>, <c>already-suspended</c>, <c>not-suspended</c>, <c>not-faulted</c>,
/// <c>no-place</c>, <c>other-version</c>.
/// </param>
public sealed record Transition(RunState State, ImmutableArray<Effect> Effects, ImmutableArray<JournalEntry> Journal, Problem? Refusal = null)
{
    /// <summary>A refusal: the state as it was.</summary>
    internal static Transition Refused(RunState state, string rule, string message) => new(state, [], [], new Problem(rule, message));
}
