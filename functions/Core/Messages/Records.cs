using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The canonical records, and the merged incident that they build.</summary>
/// <remarks>
/// The merged incident of a subject, member by member:
/// <list type="table">
/// <item><term>references</term><description>the union of all records' references by kind and value, in the order of first sight</description></item>
/// <item><term>reportedAt</term><description>the earliest that any incident record states</description></item>
/// <item><term>attendance</term><description>the one with the latest arrivedAt; what it leaves out is kept from the others</description></item>
/// <item><term>marking</term><description>the join of all records' markings (<see cref="Marking.Join"/>); an unmarked record lowers nothing</description></item>
/// <item><term>persons</term><description>see <see cref="Persons"/></description></item>
/// <item><term>hearings, objects, contacts, and charges and detentions of persons</term><description>those of all records; what two records say of one is as the later has it (<see cref="Sequels"/>)</description></item>
/// <item><term>status, alert, transfer, eligibility, and bail, remand and next hearing of persons</term><description>as stated last</description></item>
/// <item><term>outcome, prosecution, harm, publication</term><description>each member as stated last</description></item>
/// <item><term>every other member of an incident</term><description>what was stated first stands; a later record fills what is missing, also inside objects</description></item>
/// <item><term>crime</term><description>the crime record without its persons, which join the incident's; a later record's members replace earlier ones, its references are added</description></item>
/// <item><term>updates</term><description>the update records by occurredAt without their persons, which join the incident's; none twice, the latest <see cref="MostUpdates"/>; the latest preference-changed sets the victim's contact</description></item>
/// </list>
/// A receipt adds its reference only. A record merged twice in a row changes nothing the second time.
/// </remarks>
public static class Records
{
    /// <summary>The canonical record types.</summary>
    public const string Incident = "incident", Person = "person", Location = "location", Crime = "crime", Update = "update", Receipt = "receipt";

    /// <summary>The kind of update by which a victim chooses another channel.</summary>
    public const string PreferenceChanged = "preference-changed";

    /// <summary>Updates kept in a merged incident; of more, the latest.</summary>
    public const int MostUpdates = 100;

    static readonly ImmutableDictionary<string, Func<JsonValue, JsonValue, JsonValue>> Rules = new Dictionary<string, Func<JsonValue, JsonValue, JsonValue>>(StringComparer.Ordinal)
    {
        [Incident] = WithIncident,
        [Person] = WithPerson,
        [Location] = (merged, location) => merged.With("location", Filling.Fill(merged["location"], location.Without("references").Without("marking"))),
        [Crime] = WithCrime,
        [Update] = WithUpdate,
        [Receipt] = (merged, _) => merged,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The incident with what <paramref name="incoming"/> adds.</summary>
    /// <param name="existing">The merged incident so far; null at first.</param>
    /// <param name="recordType">One of the canonical record types; another is a bug and throws.</param>
    /// <param name="incoming">A record that is valid by its schema.</param>
    public static JsonValue Merge(JsonValue existing, string recordType, JsonValue incoming)
    {
        if (!Rules.TryGetValue(recordType, out var rule))
            throw new ArgumentOutOfRangeException(nameof(recordType), recordType, $"Known record types are {string.Join(", ", Rules.Keys.Order(StringComparer.Ordinal))}.");
        return rule(WithMarking(WithReferences(existing, incoming), incoming), incoming);
    }

    static JsonValue WithReferences(JsonValue merged, JsonValue incoming)
    {
        var references = References.Of(merged).Union(References.Of(incoming)).Select(reference => reference.ToJson());
        return merged.With("references", JsonValue.Of(references));
    }

    static JsonValue WithMarking(JsonValue merged, JsonValue incoming)
    {
        if (incoming["marking"].IsNull) return merged;
        return merged.With("marking", Marking.Parse(merged["marking"]).Value.Join(Marking.Parse(incoming["marking"]).Value).ToJson());
    }

    static JsonValue WithIncident(JsonValue merged, JsonValue incident)
    {
        var persons = Persons.Join(merged["persons"], incident["persons"], Filling.Fill);
        var reportedAt = Earlier(merged["reportedAt"], incident["reportedAt"]);
        var attendance = Attendance(merged["attendance"], incident["attendance"]);
        var rest = incident.Without("references").Without("marking").Without("persons").Without("reportedAt").Without("attendance");
        return WithPresent(Filling.Fill(merged, rest), ("reportedAt", reportedAt), ("persons", persons), ("attendance", attendance));
    }

    static JsonValue WithPerson(JsonValue merged, JsonValue person)
    {
        var described = JsonValue.Of(person.Without("references").Without("marking"));
        return merged.With("persons", Persons.Join(merged["persons"], described, Persons.Replace));
    }

    static JsonValue WithCrime(JsonValue merged, JsonValue crime)
    {
        var before = merged["crime"];
        var replaced = Filling.Renew(before, crime.Without("persons").Without("marking"));
        var own = References.Of(before).Union(References.Of(crime)).Select(reference => reference.ToJson());
        return WithPresent(
            merged, ("persons", Persons.Join(merged["persons"], crime["persons"], Filling.Fill)), ("crime", WithMarking(replaced.With("references", JsonValue.Of(own)), crime)));
    }

    static JsonValue WithUpdate(JsonValue merged, JsonValue record)
    {
        // An update says to whom it happened; how somebody is reached comes from the recipient it names.
        var persons = JsonValue.Of(record["persons"].Items.Select(person => person.Without("contact")));
        merged = WithPresent(merged, ("persons", Persons.Join(merged["persons"], persons, Filling.Fill)));
        var update = record.Without("persons");
        var known = merged["updates"].Items;
        var all = known.Contains(update) ? known : [.. known, update];
        var ordered = all.OrderBy(item => Timestamps.Parse(item["occurredAt"].StringOrNull) ?? DateTimeOffset.MinValue).TakeLast(MostUpdates).ToArray();
        merged = merged.With("updates", JsonValue.Of(ordered));
        var latestChoice = ordered.LastOrDefault(item => item["kind"].StringOrNull == PreferenceChanged);
        return latestChoice == update ? WithPresent(merged, ("persons", Persons.Choose(merged["persons"], update["recipient"]))) : merged;
    }

    static JsonValue Earlier(JsonValue left, JsonValue right)
    {
        if (Timestamps.Parse(left.StringOrNull) is not { } first) return right;
        return Timestamps.Parse(right.StringOrNull) is { } second && second < first ? right : left;
    }

    static JsonValue Attendance(JsonValue before, JsonValue incoming)
    {
        if (before.IsNull || incoming.IsNull) return before.IsNull ? incoming : before;
        var later = (Timestamps.Parse(incoming["arrivedAt"].StringOrNull) ?? DateTimeOffset.MinValue) >= (Timestamps.Parse(before["arrivedAt"].StringOrNull) ?? DateTimeOffset.MinValue);
        return later ? Filling.Fill(incoming, before) : Filling.Fill(before, incoming);
    }

    static JsonValue WithPresent(JsonValue value, params ReadOnlySpan<(string Name, JsonValue Value)> members)
    {
        foreach (var (name, member) in members) value = member.IsNull ? value : value.With(name, member);
        return value;
    }
}
