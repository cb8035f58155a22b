using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>Fills what one value leaves out from another: what stands, stands.</summary>
static class Filling
{
    // Lists of facts that add up; every other list stands as it is.
    static readonly ImmutableHashSet<string> Unions = ["roles", "vulnerabilities", "flags", "identifiers", "aliases", "warnings", "injuries"];

    // How a thing stands now: what was stated last is true, and an old bail's conditions do not belong to a new bail.
    static readonly ImmutableHashSet<string> States = ["status", "remand", "bail", "custodyTimeLimit", "nextHearing", "alert", "transfer", "eligibility"];

    // What grows as a case goes on: each member as it was stated last.
    static readonly ImmutableHashSet<string> Growing = ["prosecution", "outcome", "harm", "publication"];

    const string Contact = "contact";

    /// <summary>Everything in <paramref name="value"/>, and what it lacks from <paramref name="more"/>, also inside objects.</summary>
    /// <remarks>
    /// Lists of facts (roles, flags, warnings, ...) are united, lists of things that go on (charges, hearings, ...) go on as <see cref="Sequels"/> says; how a case or person stands now is
    /// as it was stated last; enhancedRights is kept once true; a contact is filled by the rule of safe routes.
    /// </remarks>
    public static JsonValue Fill(JsonValue value, JsonValue more)
    {
        if (value.IsNull) return more;
        if (value.Kind != JsonKind.Object || more.Kind != JsonKind.Object) return value;
        foreach (var (name, addition) in more.Members)
        {
            var filled = FillMember(name, value[name], addition);
            if (!filled.IsNull) value = value.With(name, filled);
        }

        return value;
    }

    static JsonValue FillMember(string name, JsonValue value, JsonValue addition)
    {
        if (name == Contact && !value.IsNull && !addition.IsNull) return FillContact(value, addition);
        if (name == "enhancedRights" && addition == JsonValue.True) return addition;
        if (!value.IsNull && !addition.IsNull && States.Contains(name)) return addition;
        if (!value.IsNull && !addition.IsNull && Growing.Contains(name)) return Renew(value, addition);
        if (Sequels.Knows(name)) return Sequels.Continue(name, value, addition);
        if (Unions.Contains(name) && value.Kind == JsonKind.Array && addition.Kind == JsonKind.Array) return JsonValue.Of(value.Items.Union(addition.Items));
        return Fill(value, addition);
    }

    /// <summary>The value with each member that <paramref name="later"/> states in the place of its own.</summary>
    public static JsonValue Renew(JsonValue value, JsonValue later) => later.Members.Aggregate(value, (sum, member) => member.Value.IsNull ? sum : sum.With(member.Key, member.Value));

    // A route is safe only while nobody who speaks of routes leaves it out: what one officer learnt must not be undone by another system's default.
    static JsonValue FillContact(JsonValue value, JsonValue addition)
    {
        var filled = Fill(value, addition);
        var both = value["safe"].Kind == JsonKind.Array && addition["safe"].Kind == JsonKind.Array;
        return both ? filled.With("safe", JsonValue.Of(value["safe"].Items.Intersect(addition["safe"].Items))) : filled;
    }
}
