using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>One place of a value while it is validated: its path, and where problems go.</summary>
/// <remarks>
/// A trial (<see cref="Try"/>) has problems of its own and stops at the first. Work is limited as a whole, because alternatives within
/// alternatives can multiply: whoever sends the value must not choose how long it takes.
/// </remarks>
sealed class Visit
{
    const int MaxSteps = 2_000_000;
    const int MaxDepth = 1_000;

    readonly Visit? parent;
    readonly string? segment;
    readonly int depth;
    readonly bool trial;
    readonly ProblemList problems;
    readonly Effort effort;

    Visit(Visit? parent, string? segment, bool trial, ProblemList problems, Effort effort) =>
        (this.parent, this.segment, this.trial, this.problems, this.effort, depth) = (parent, segment, trial, problems, effort, (parent?.depth ?? 0) + 1);

    /// <summary>Whether nothing more need be found out.</summary>
    public bool Enough => effort.Spent || (trial && !problems.IsEmpty);

    public string Path => parent is null ? "" : segment is null ? parent.Path : $"{parent.Path}/{JsonPointer.Escape(segment)}";

    public static ProblemList Start(SchemaNode schema, JsonValue value)
    {
        var first = new Visit(null, null, trial: false, new ProblemList(), new Effort());
        schema.Validate(first, value);
        if (first.effort.Spent) first.problems.Add(null, "too-complex", SchemaMessages.TooComplex);
        return first.problems;
    }

    public bool Begin()
    {
        effort.Steps++;
        if (effort.Steps > MaxSteps || depth > MaxDepth) effort.Spent = true;
        return !effort.Spent;
    }

    public Visit Into(string name) => new(this, name, trial, problems, effort);

    public Visit Into(int index) => new(this, index.ToString(System.Globalization.CultureInfo.InvariantCulture), trial, problems, effort);

    /// <summary>The first problem that <paramref name="schema"/> finds with the value here, or null; nothing is reported.</summary>
    public Problem? Try(SchemaNode schema, JsonValue value)
    {
        var own = new ProblemList();
        schema.Validate(new Visit(this, null, trial: true, own, effort), value);
        return own.IsEmpty ? null : own.ToImmutable()[0];
    }

    public void Report(string rule, string message, JsonValue value) => problems.Add(null, rule, message, Path, Shown(value));

    public void ReportMissing(string name, string message, string rule = "required") =>
        problems.Add(null, rule, message, $"{Path}/{JsonPointer.Escape(name)}");

    static string? Shown(JsonValue value) => value.Kind switch
    {
        JsonKind.String => value.AsString(),
        JsonKind.Array or JsonKind.Object => null,
        _ => value.ToString(),
    };

    sealed class Effort
    {
        public int Steps { get; set; }

        public bool Spent { get; set; }
    }
}
