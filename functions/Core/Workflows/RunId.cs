using System.Globalization;

namespace Interop.Core.Workflows;

/// <summary>The id of a run. Text of 1 to 200 printable characters without spaces or dots at the end.</summary>
public readonly record struct RunId
{
    const int MaxLength = 200;

    /// <summary>An id.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or holds white space or control characters.</exception>
    public RunId(string value)
    {
        if (value.Length is 0 or > MaxLength || value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
            throw new ArgumentException($"A run id has 1 to {MaxLength} characters and no white space, but is \"{Problem.Preview(value)}\".", nameof(value));
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

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
        if (dot is <= 0 or > 200 || text.AsSpan(0, dot).ContainsAny(" \t\r\n")) return false;
        if (!long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        id = new EffectId(new RunId(text[..dot]), sequence);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run.Value}.{Sequence}");
}
