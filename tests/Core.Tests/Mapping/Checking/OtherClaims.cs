using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What holds there and back where a mapping does not claim that all comes back as it was, with the reason: it is applied to what went and to what came back.</summary>
static class OtherClaims
{
    /// <summary>Documents of entities that refer to each other by ids, which are made anew: what comes back becomes the same record.</summary>
    public static readonly Dictionary<(string Map, MappingDirection Way), string> SameRecord = new()
    {
        [("online-contact-incident", MappingDirection.In)] = "Ids are made anew, and what refers to them with them; entities that nothing refers to do not come back.",
        [("patient-safety-adverse-event", MappingDirection.In)] = "What is contained stands there once for each part that somebody has, and a reference to what is not contained comes back as nothing.",
        [("rms-b-record", MappingDirection.In)] = "Ids are made anew, and what refers to them with them; involvements of nobody, and places that nothing involves, do not come back.",
    };

    /// <summary>By mapping: what is compared of a record that went (the first) and of the record or what came back of it (the second).</summary>
    public static readonly Dictionary<(string Map, MappingDirection Way), (string Why, Func<JsonValue, JsonValue, JsonValue> Compared)> All = new()
    {
        [("cap-alert", MappingDirection.Out)] = ("What is no alert is sent as a draft, numbered by the first number of the incident, and comes back as that.", (went, one) => went["alert"].IsNull ? one.Without("alert").Without("references") : one),
        [("cps-case-file", MappingDirection.Out)] = ("Who is a suspect and something else stands in the file twice, each time with what it asks of that; a victim stands among the witnesses, and of these who is flagged as a child is under 18.", (went, one) => went["persons"] is { Kind: JsonKind.Array } persons && persons.Items.Any(IsTwice) ? one.Without("persons") : Each(one, "persons", Parties)),
        [("custody-record", MappingDirection.Out)] = ("The number of the custody record comes back among the references too.", (_, one) => Each(one, "references", reference => reference["kind"] == "custody-record" ? [] : [reference])),
        [("mait-incident", MappingDirection.Out)] = ("What we hand over has our number first, as that of another agency, and comes back as a transfer from us; who called without a name is not listed, though their number is that to call.", (went, one) => Each(went["transfer"].IsNull ? one.Without("references").Without("transfer") : one, "persons", person => person["name"].IsNull && person["roles"].Items.Contains("reporter") ? [] : [person])),
        [("niem-incident", MappingDirection.Out)] = ("Who is victim and caller stands twice in the model, and comes back as two persons.", (_, one) => Each(one, "persons", Roles)),
        [("patient-safety-adverse-event", MappingDirection.Out)] = ("Who is patient and recorder stands twice in the event, and comes back as two persons.", (_, one) => Each(one, "persons", Roles)),
        [("pnc-person", MappingDirection.Out)] = ("Who is suspect and convicted has two records, and comes back as two persons.", (_, one) => Each(one, "persons", Roles)),
    };

    /// <summary>Places that are compared although the check tells that they come back different: the claim says how.</summary>
    public static readonly Dictionary<(string Map, MappingDirection Way), ImmutableArray<string>> Claimed = new() { [("cps-case-file", MappingDirection.Out)] = ["persons.roles", "persons[roles=witness].roles[=victim]"] };

    // As many items as are made of each, in one order.
    static JsonValue Each(JsonValue record, string list, Func<JsonValue, IEnumerable<JsonValue>> make) => record[list] is not { Kind: JsonKind.Array } items ? record
        : items.Items.SelectMany(make).OrderBy(item => item.ToString(), StringComparer.Ordinal).ToList() is { Count: > 0 } made ? record.With(list, JsonValue.Of(made)) : record.Without(list);

    static IEnumerable<JsonValue> Roles(JsonValue person) => person["roles"] is { Kind: JsonKind.Array } roles ? roles.Items.Select(role => person.With("roles", JsonValue.Of(role))) : [person];

    static bool IsTwice(JsonValue person) => person["roles"] is { Kind: JsonKind.Array, Count: > 1 } roles && roles.Items.Contains("suspect");

    static IEnumerable<JsonValue> Parties(JsonValue person)
    {
        if (person["roles"] is not { Kind: JsonKind.Array } list || list.Items.Contains("suspect")) return [person];
        if (person["flags"] is { Kind: JsonKind.Array } flags && flags.Items.Contains("child")) person = person.With("under18", JsonValue.True);
        return [person.With("roles", JsonValue.Of(list.Items.Append("witness").Distinct().OrderBy(role => role.ToString(), StringComparer.Ordinal)))];
    }
}
