using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>What several schemas that all describe one value say of it together, as far as two versions can be compared by it.</summary>
sealed class SchemaFacts
{
    readonly List<SchemaNode> all = [];

    public Place Place => all[0].Place;

    public Dictionary<string, List<SchemaNode>> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas of an array's items.</summary>
    public List<SchemaNode> Items { get; } = [];

    /// <summary>The schemas of members that are not named.</summary>
    public List<SchemaNode> Others { get; } = [];

    /// <summary>Whether it refuses members that are not named.</summary>
    public bool Closed { get; private set; }

    /// <summary>Whether it takes no member but those that have a name here; a pattern gives names too.</summary>
    public bool NamesAll => Closed && !all.Exists(node => node.ByPattern.Count > 0);

    /// <summary>The schemas of a member, none if it may be anything; null if there is no such member.</summary>
    public List<SchemaNode>? SchemasOf(string name) => Properties.TryGetValue(name, out var own) ? own : NamesAll ? null : Others;

    /// <summary>The schemas themselves.</summary>
    public IReadOnlyList<SchemaNode> All => all;

    JsonTypes Types { get; set; } = JsonTypes.Any;

    ImmutableArray<JsonValue>? Allowed { get; set; }

    public static SchemaFacts Of(IEnumerable<SchemaNode> nodes)
    {
        var facts = new SchemaFacts();
        foreach (var node in nodes) facts.Collect(node);
        foreach (var node in facts.all) facts.Take(node);
        facts.Settle();
        return facts;
    }

    public bool MayBe(JsonTypes type) => (Types & type) != JsonTypes.None && (Allowed is not { } values || values.Any(value => (JsonTypeOf.Value(value) & type) != JsonTypes.None));

    /// <summary>What it says that refuses a value which <paramref name="older"/> takes: after the place in a sentence, and what to do.</summary>
    public IEnumerable<(string What, string Remedy)> Refuses(SchemaFacts older)
    {
        if (older.MayBe(older.Types & ~Types)) yield return ($"was {Name(older.Types)}, and now is {Name(Types)}", "Leave the type as it was.");
        foreach (var (what, remedy) in Codes(older)) yield return (what, remedy);
        foreach (var name in Names(node => node.Required).Except(older.Names(node => node.Required), StringComparer.Ordinal))
            if (older.MayBe(JsonTypes.Object)) yield return ($"now requires \"{name}\"", $"Take \"{name}\" out of \"required\".");
        foreach (var (beside, name) in all.SelectMany(node => node.Dependents).Except(older.all.SelectMany(node => node.Dependents)))
            if (!older.Names(node => node.Required).Contains(name)) yield return ($"now requires \"{name}\" beside \"{beside}\"", $"Take \"{name}\" out of \"dependentRequired\".");
        foreach (var (what, was, now, isTighter) in Limits(older).Where(limit => limit.IsTighter)) yield return ($"{what} {Shown(was)}, and now {Shown(now)}", "Leave the limit as it was, or widen it.");
        foreach (var format in Texts(node => node.Format).Except(older.Texts(node => node.Format)))
            if (older.MayBe(JsonTypes.String)) yield return ($"now must be of the format {format}", "Leave the format as it was.");
        foreach (var pattern in Texts(node => node.Pattern).Except(older.Texts(node => node.Pattern)))
            if (older.MayBe(JsonTypes.String)) yield return ($"now must match {pattern}", "Leave the pattern as it was; whether one takes what another takes is not known.");
        if (all.Exists(node => node.Unique) && !older.all.Exists(node => node.Unique) && older.MayBe(JsonTypes.Array)) yield return ("now takes no item twice", "Take \"uniqueItems\" away.");
        var same = older.all.SelectMany(node => node.Others).Select(entry => (entry.Name, Text: entry.Value.ToJson().ToString())).ToHashSet();
        foreach (var (name, text) in all.SelectMany(node => node.Others).Select(entry => (entry.Name, Text: entry.Value.ToJson().ToString())).Distinct())
            if (!same.Contains((name, text)) || text.Contains("\"$ref\"", StringComparison.Ordinal)) yield return ($"has \"{name}\", of which nobody can know here whether it takes what was taken", "Leave it as it was, without references, or leave it out.");
    }

    IEnumerable<(string What, string Remedy)> Codes(SchemaFacts older)
    {
        if (Allowed is not { } values) yield break;
        if (older.Allowed is not { } known) yield return ("could have any value, and now has a list of them", "Leave \"enum\" out.");
        else
            foreach (var code in known.Where(code => !values.Contains(code))) yield return ($"no longer takes {code}", $"Put {code} back; what is no longer wanted may stay and be written by nothing.");
    }

    IEnumerable<(string What, double? Was, double? Now, bool IsTighter)> Limits(SchemaFacts older)
    {
        yield return Least(older, "had at least this many characters:", JsonTypes.String, node => node.MinLength);
        yield return Most(older, "had at most this many characters:", JsonTypes.String, node => node.MaxLength);
        yield return Least(older, "had at least this many items:", JsonTypes.Array, node => node.MinItems);
        yield return Most(older, "had at most this many items:", JsonTypes.Array, node => node.MaxItems);
        yield return Least(older, "was at least", JsonTypes.Number | JsonTypes.Integer, node => node.Minimum);
        yield return Most(older, "was at most", JsonTypes.Number | JsonTypes.Integer, node => node.Maximum);
    }

    (string, double?, double?, bool) Least(SchemaFacts older, string what, JsonTypes of, Func<SchemaNode, double?> limit) =>
        (older.all.Max(limit), all.Max(limit)) is var (was, now) ? (what, was, now, now is not null && (was is null || was < now) && older.MayBe(of)) : default;

    (string, double?, double?, bool) Most(SchemaFacts older, string what, JsonTypes of, Func<SchemaNode, double?> limit) =>
        (older.all.Min(limit), all.Min(limit)) is var (was, now) ? (what, was, now, now is not null && (was is null || was > now) && older.MayBe(of)) : default;

    HashSet<string> Names(Func<SchemaNode, IEnumerable<string>> of) => all.SelectMany(of).ToHashSet(StringComparer.Ordinal);

    IEnumerable<string> Texts(Func<SchemaNode, string?> of) => all.Select(of).OfType<string>().Distinct(StringComparer.Ordinal);

    void Collect(SchemaNode node)
    {
        if (all.Contains(node)) return;
        all.Add(node);
        foreach (var part in node.Always) Collect(part);
    }

    void Take(SchemaNode node)
    {
        if (node.Types is { } types) Types &= types;
        if (!node.Allowed.IsEmpty) Allowed = Allowed is { } before ? [.. before.Where(node.Allowed.Contains)] : node.Allowed;
        foreach (var (name, schema) in node.Properties)
        {
            if (!Properties.TryGetValue(name, out var schemas)) Properties.Add(name, schemas = []);
            schemas.Add(schema);
        }

        if (node.Items is { } items) Items.Add(items);
        if (node.Additional is { } additional) Others.Add(additional);
        Closed |= node.Closed;
    }

    // A schema that is closed, or says what its other members are, speaks of all that it does not name itself, whatever a schema beside it names.
    void Settle()
    {
        foreach (var node in all.Where(node => node.Closed || node.Additional is not null))
        {
            foreach (var name in Properties.Keys.Where(name => !node.Properties.Exists(own => own.Key == name)).ToList())
            {
                if (node.Additional is { } other) Properties[name].Add(other);
                else if (node.ByPattern.Count == 0) Properties.Remove(name);
            }
        }
    }

    static string Name(JsonTypes types) => types == JsonTypes.Any ? "anything" : types.ToString().ToLowerInvariant();

    static string Shown(double? limit) => limit is { } number ? number.ToString(CultureInfo.InvariantCulture) : "any number";
}
