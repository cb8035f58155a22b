using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What must hold of a place that is written, once a group of fields counts.</summary>
/// <param name="Scope">The group.</param>
/// <param name="Signals">What its fields read, if it counts only where one of them finds something; none if it counts in any case.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Json">What is written where nothing else is; null for nothing.</param>
sealed record Claim(int Scope, Lookup[] Signals, Condition Condition, byte[]? Json)
{
    /// <summary>Whether the group counts, as far as that is known: where it may, it does.</summary>
    public bool Counts(Emitter emitter)
    {
        if (emitter.Scopes[Scope] == 0 || Signals.Length == 0) return emitter.Scopes[Scope] != 0;
        foreach (var signal in Signals)
        {
            if (signal.Find(emitter) != 0) return true;
        }

        return false;
    }

    public bool Holds(ReadOnlySpan<byte> written) => (Condition.Kind, written.Length > 0 && !written.SequenceEqual("[]"u8)) switch
    {
        (ConditionKind.Present, var isThere) => isThere,
        (ConditionKind.Absent, var isThere) => !isThere,
        (_, false) => Condition.Kind == ConditionKind.Not,
        _ => Condition.Holds(JsonValue.Parse(written).Value),
    };
}

/// <summary>A place with conditions of what is written there. Where one does not hold the interpreter must say what is wrong.</summary>
sealed class ClaimTarget(Target? first, Claim[] claims) : Target
{
    public override bool Write(Emitter emitter)
    {
        var before = emitter.Length;
        if (first?.Write(emitter) == false) return false;
        foreach (var claim in claims)
        {
            if (claim.Json is null || emitter.Length > before || !claim.Counts(emitter)) continue;
            emitter.Raw(claim.Json);
            emitter.Writes++;
        }

        foreach (var claim in claims)
        {
            if (!claim.Holds(emitter.Written[before..]) && claim.Counts(emitter)) return false;
        }

        return true;
    }
}
