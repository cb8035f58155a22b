using System.Globalization;
using Interop.Core.Messages;

namespace Interop.Core.Workflows;

/// <summary>The id of an effect, <c>&lt;run id&gt;.&lt;sequence&gt;</c>: the same at every replay, so it is the idempotency key of whatever the effect does.</summary>
/// <param name="Run">The run that asked.</param>
/// <param name="Sequence">Counts the effects of the run from 1.</param>
public readonly record struct EffectId(RunId Run, long Sequence)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out EffectId id)
    {
        id = default;
        var dot = text.LastIndexOf('.');
        if (dot < 0 || RunId.Parse(text[..dot]) is not { Succeeded: true } run) return false;
        if (!long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        id = new EffectId(run.Value, sequence);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run.Value}.{Sequence}");
}
