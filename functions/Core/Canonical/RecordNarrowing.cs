using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Canonical;

/// <summary>Where a newer version of a record has members that an older does not: found once, so that of a record only those places are looked into.</summary>
sealed class RecordNarrowing
{
    const int MaxPlaces = 20_000;

    readonly Dictionary<SchemaNode, int> ids = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, NarrowedPlace> places = new(StringComparer.Ordinal);
    readonly Queue<NarrowedPlace> left = new();
    readonly NarrowedPlace root;

    RecordNarrowing(Schema older, Schema newer)
    {
        root = Place([older.Root], [newer.Root]);
        while (left.TryDequeue(out var place)) Describe(place);

        // Schemas may refer to themselves, so it is asked again until nothing more is found.
        for (var isMore = true; isMore;)
        {
            isMore = false;
            foreach (var place in places.Values.Where(place => !place.Narrows && (place.LeavesOut || place.Below.Any(below => below.Narrows)))) isMore = place.Narrows = true;
        }
    }

    public static RecordNarrowing Of(CanonicalRecord older, CanonicalRecord newer) => new(older.Schema, newer.Schema);

    public NarrowedRecord Narrow(JsonValue record)
    {
        var leftOut = ImmutableArray.CreateBuilder<string>();
        return new NarrowedRecord(Narrow(record, root, "", leftOut), leftOut.ToImmutable());
    }

    // What neither version knows stays, to be told as unknown.
    static JsonValue Narrow(JsonValue value, NarrowedPlace? place, string pointer, ImmutableArray<string>.Builder leftOut)
    {
        if (place is not { Narrows: true }) return value;
        var before = leftOut.Count;
        var narrowed = value.Kind switch
        {
            JsonKind.Object => JsonValue.Of(Members(value, place, pointer, leftOut)),
            JsonKind.Array => JsonValue.Of(value.Items.Select((item, at) => Narrow(item, place.Items, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{at}"), leftOut))),
            _ => value,
        };
        return leftOut.Count == before ? value : narrowed;
    }

    static IEnumerable<KeyValuePair<string, JsonValue>> Members(JsonValue value, NarrowedPlace place, string pointer, ImmutableArray<string>.Builder leftOut)
    {
        foreach (var (name, member) in value.Members)
        {
            var here = $"{pointer}/{JsonPointer.Escape(name)}";
            if (place.IsNew(name)) leftOut.Add(here);
            else yield return KeyValuePair.Create(name, Narrow(member, place.Members.GetValueOrDefault(name) ?? (place.Older.Properties.ContainsKey(name) ? null : place.Others), here, leftOut));
        }
    }

    void Describe(NarrowedPlace place)
    {
        var (older, newer) = (place.Older, place.Newer);
        foreach (var name in older.Properties.Keys.Union(newer.Properties.Keys, StringComparer.Ordinal))
            if (older.SchemasOf(name) is { } was && newer.SchemasOf(name) is { } now) place.Members[name] = Place(was, now);
        if (older.Others.Count > 0 && !newer.NamesAll) place.Others = Place(older.Others, newer.Others);
        if (older.Items.Count > 0) place.Items = Place(older.Items, newer.Items);
    }

    NarrowedPlace Place(List<SchemaNode> older, List<SchemaNode> newer)
    {
        var place = new NarrowedPlace(SchemaFacts.Of(older), SchemaFacts.Of(newer));
        var name = $"{Named(place.Older)} {Named(place.Newer)}";
        if (places.TryGetValue(name, out var known) || places.Count >= MaxPlaces) return known ?? place;
        places.Add(name, place);
        left.Enqueue(place);
        return place;
    }

    string Named(SchemaFacts facts) => string.Join(',', facts.All.Select(node => ids.TryGetValue(node, out var id) ? id : ids[node] = ids.Count));
}

/// <summary>A place of a record in two versions.</summary>
sealed class NarrowedPlace(SchemaFacts older, SchemaFacts newer)
{
    public SchemaFacts Older => older;

    public SchemaFacts Newer => newer;

    public Dictionary<string, NarrowedPlace> Members { get; } = new(StringComparer.Ordinal);

    public NarrowedPlace? Others { get; set; }

    public NarrowedPlace? Items { get; set; }

    public IEnumerable<NarrowedPlace> Below => Members.Values.Concat(new[] { Others, Items }.OfType<NarrowedPlace>());

    /// <summary>Whether the newer version has members here that the older has not.</summary>
    public bool LeavesOut => older.NamesAll && (!newer.NamesAll || newer.Properties.Keys.Any(IsNew));

    /// <summary>Whether it, or a place below, leaves anything out.</summary>
    public bool Narrows { get; set; }

    public bool IsNew(string name) => older.SchemasOf(name) is null && newer.SchemasOf(name) is not null;
}
