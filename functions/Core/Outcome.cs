using System.Collections.Immutable;

namespace Interop.Core;

/// <summary>A value, or every reason why there is none. Expected failure is a value; exceptions are for bugs.</summary>
/// <remarks>Invariant: <see cref="Problems"/> is empty exactly when <see cref="Succeeded"/>.</remarks>
public sealed class Outcome<T>
{
    readonly T? value;

    Outcome(T? value, ImmutableArray<Problem> problems) => (this.value, Problems) = (value, problems);

    /// <summary>Every problem found, in the order of the input; empty on success.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Problems.IsEmpty;

    /// <summary>The value; asking for it after a failure is a bug and throws.</summary>
    public T Value => Succeeded ? value! : throw new InvalidOperationException($"There is no value: {string.Join("; ", Problems)}");

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>A failure with one reason.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);

    /// <summary>A failure with its reasons, of which there must be at least one.</summary>
    public static implicit operator Outcome<T>(ImmutableArray<Problem> problems) =>
        problems.IsDefaultOrEmpty ? throw new ArgumentException("A failure needs at least one problem.", nameof(problems)) : new(default, problems);

    /// <summary>The value changed by <paramref name="change"/>; the problems as they are.</summary>
    public Outcome<TOther> Then<TOther>(Func<T, Outcome<TOther>> change) => Succeeded ? change(value!) : Problems;
}
