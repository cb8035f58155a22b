using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>Why a value does not have a form that was tried; the sentence is made only when somebody is told.</summary>
/// <param name="Path">Where in the value.</param>
/// <param name="Depth">How deep that is, trials counted.</param>
/// <param name="Message">The sentence about the value there.</param>
/// <param name="Value">The value there.</param>
/// <param name="Cause">The failure of the nearest alternative, if alternatives were tried there.</param>
sealed record Failure(string Path, int Depth, Func<JsonValue, string> Message, JsonValue Value, Failure? Cause)
{
    /// <summary>The failure that began it, within alternatives of alternatives.</summary>
    public Failure Innermost => Cause is null ? this : Cause.Innermost;
}

/// <summary>A value while it is validated: the place that is looked at, and what is wrong so far. It goes into the value and out again, and makes nothing for what is right.</summary>
/// <remarks>
/// A trial (<see cref="Try"/>) keeps its first failure only and stops there. Work is limited as a whole, because alternatives within
/// alternatives can multiply: whoever sends the value must not choose how long it takes.
/// </remarks>
sealed class Visit
{
    const int MaxSteps = 1_000_000;
    const int MaxDepth = 1_000;

    // A member's name, or the position of an item.
    readonly List<(string? Name, int Index)> path;
    ProblemList? problems;
    Failure? failure;
    int trials;
    int steps;
    bool isSpent;

    readonly ValidParts? known;

    Visit(ValidParts? known) => (this.known, path) = (known, known?.Path ?? []);

    /// <summary>Whether nothing more need be found out.</summary>
    public bool Enough => isSpent || failure is not null;

    int Depth => path.Count + trials + 1;

    string Path => string.Concat(path.Select(step => "/" + (step.Name is { } name ? JsonPointer.Escape(name) : step.Index.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    public static ImmutableArray<Problem> Start(SchemaNode schema, JsonValue value, ValidParts? known = null)
    {
        var visit = new Visit(known);
        schema.Validate(visit, value);
        if (visit.isSpent) visit.Problems.Add(null, "too-complex", SchemaMessages.TooComplex);
        return visit.problems?.ToImmutable() ?? [];
    }

    /// <summary>Whether the value is valid: it is looked into only as far as the first thing that is wrong.</summary>
    public static bool IsValid(SchemaNode schema, JsonValue value, ValidParts known)
    {
        var visit = new Visit(known);
        return visit.Try(schema, value) is null && !visit.isSpent;
    }

    ProblemList Problems => problems ??= new ProblemList();

    public bool Begin()
    {
        steps++;
        if (steps > MaxSteps || Depth > MaxDepth) isSpent = true;
        return !isSpent;
    }

    /// <summary>How the object here differs from one that is valid by the schema here.</summary>
    public Changes Changes { get; private set; } = Changes.All;

    /// <summary>Looks at another value, by what is known of others that are valid by the schema.</summary>
    /// <returns>What held of the value around.</returns>
    public Changes Look(SchemaNode schema, JsonMembers? part)
    {
        var around = Changes;
        Changes = part is null || known is null ? Changes.All : known.ChangesOf(schema, part);
        return around;
    }

    /// <summary>Looks at the value around again.</summary>
    public void LookBack(Changes around) => Changes = around;

    /// <summary>Whether the value is known to be valid by the schema.</summary>
    public bool Knows(SchemaNode schema, JsonValue value) => known is not null && value.OwnMembers is { } part && ValidParts.Knows(schema, part);

    /// <summary>Notes that the value was looked into; it is valid if there are no more problems than before.</summary>
    public void Looked(SchemaNode schema, JsonValue value, int before)
    {
        if (known is not null && Found == before && !Enough && value.OwnMembers is { } part) known.Add(schema, part);
    }

    /// <summary>How many problems there are so far.</summary>
    public int Found => problems?.Count ?? 0;

    public void Enter(string name) => path.Add((name, 0));

    public void Enter(int index) => path.Add((null, index));

    public void Leave() => path.RemoveAt(path.Count - 1);

    /// <summary>Validates a member of what is looked at.</summary>
    public void Into(string name, SchemaNode schema, JsonValue member)
    {
        Enter(name);
        schema.Validate(this, member);
        Leave();
    }

    /// <summary>Validates an item of what is looked at.</summary>
    public void Into(int index, SchemaNode schema, JsonValue item)
    {
        Enter(index);
        schema.Validate(this, item);
        Leave();
    }

    /// <summary>The first way in which the value here breaks <paramref name="schema"/>, or null; nothing is reported.</summary>
    public Failure? Try(SchemaNode schema, JsonValue value)
    {
        var before = failure;
        failure = null;
        trials++;
        schema.Validate(this, value);
        trials--;
        var found = failure;
        failure = before;
        return found;
    }

    /// <summary>Reports that a member is not there.</summary>
    public void ReportMissing(string name, string rule, string message)
    {
        Enter(name);
        if (trials > 0) failure ??= new Failure(Path, Depth, _ => message, JsonValue.Null, null);
        else Problems.Add(null, rule, message, Path);
        Leave();
    }

    public void Report(string rule, Func<JsonValue, string> message, JsonValue value, Failure? cause = null)
    {
        if (trials > 0) failure ??= new Failure(Path, Depth, message, value, cause);
        else if (Problems.Count >= ProblemList.Limit) Problems.Add(null, rule, "");
        else Problems.Add(null, rule, message(value), Path, Shown(value));
    }

    static string? Shown(JsonValue value) => value.Kind switch
    {
        JsonKind.String => value.AsString(),
        JsonKind.Array or JsonKind.Object => null,
        _ => value.ToString(),
    };
}
