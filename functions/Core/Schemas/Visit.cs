using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>Why a value does not have a form that was tried; the sentence is made only when somebody is told.</summary>
/// <param name="At">Where in the value.</param>
/// <param name="Message">The sentence about the value there.</param>
/// <param name="Value">The value there.</param>
/// <param name="Cause">The failure of the nearest alternative, if alternatives were tried there.</param>
sealed record Failure(Visit At, Func<JsonValue, string> Message, JsonValue Value, Failure? Cause)
{
    /// <summary>The failure that began it, within alternatives of alternatives.</summary>
    public Failure Innermost => Cause is null ? this : Cause.Innermost;
}

/// <summary>One place of a value while it is validated: its path, and where problems go.</summary>
/// <remarks>
/// A trial (<see cref="Try"/>) keeps its first failure only and stops there. Work is limited as a whole, because alternatives within
/// alternatives can multiply: whoever sends the value must not choose how long it takes.
/// </remarks>
sealed class Visit
{
    const int MaxSteps = 1_000_000;
    const int MaxDepth = 1_000;

    readonly Visit? parent;
    readonly string? segment;
    readonly Trial? trial;
    readonly ProblemList problems;
    readonly Effort effort;

    Visit(Visit? parent, string? segment, Trial? trial, ProblemList problems, Effort effort) =>
        (this.parent, this.segment, this.trial, this.problems, this.effort, Depth) = (parent, segment, trial, problems, effort, (parent?.Depth ?? 0) + 1);

    /// <summary>How deep in the value, trials counted.</summary>
    public int Depth { get; }

    /// <summary>Whether nothing more need be found out.</summary>
    public bool Enough => effort.Spent || trial?.Failure is not null;

    public string Path => parent is null ? "" : segment is null ? parent.Path : $"{parent.Path}/{JsonPointer.Escape(segment)}";

    public static ProblemList Start(SchemaNode schema, JsonValue value)
    {
        var first = new Visit(null, null, null, new ProblemList(), new Effort());
        schema.Validate(first, value);
        if (first.effort.Spent) first.problems.Add(null, "too-complex", SchemaMessages.TooComplex);
        return first.problems;
    }

    public bool Begin()
    {
        effort.Steps++;
        if (effort.Steps > MaxSteps || Depth > MaxDepth) effort.Spent = true;
        return !effort.Spent;
    }

    public Visit Into(string name) => new(this, name, trial, problems, effort);

    public Visit Into(int index) => new(this, index.ToString(System.Globalization.CultureInfo.InvariantCulture), trial, problems, effort);

    /// <summary>The first way in which the value here breaks <paramref name="schema"/>, or null; nothing is reported.</summary>
    public Failure? Try(SchemaNode schema, JsonValue value)
    {
        var own = new Trial();
        schema.Validate(new Visit(this, null, own, problems, effort), value);
        return own.Failure;
    }

    /// <summary>Reports that there is nothing here.</summary>
    public void ReportMissing(string rule, string message)
    {
        if (trial is not null) trial.Failure ??= new Failure(this, _ => message, JsonValue.Null, null);
        else problems.Add(null, rule, message, Path);
    }

    public void Report(string rule, Func<JsonValue, string> message, JsonValue value, Failure? cause = null)
    {
        if (trial is not null) trial.Failure ??= new Failure(this, message, value, cause);
        else if (problems.Count >= ProblemList.Limit) problems.Add(null, rule, "");
        else problems.Add(null, rule, message(value), Path, Shown(value));
    }

    static string? Shown(JsonValue value) => value.Kind switch
    {
        JsonKind.String => value.AsString(),
        JsonKind.Array or JsonKind.Object => null,
        _ => value.ToString(),
    };

    sealed class Trial
    {
        public Failure? Failure { get; set; }
    }

    sealed class Effort
    {
        public int Steps { get; set; }

        public bool Spent { get; set; }
    }
}
