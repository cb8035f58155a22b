using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>A place that a definition writes, and what it writes below: so that two fields on one target are found, and required ones that nothing writes.</summary>
sealed class WrittenPlace(Place at)
{
    const int MaxDepth = 24;

    readonly Dictionary<string, WrittenPlace> below = new(StringComparer.Ordinal);
    readonly List<(Place Place, Guard Guard)> wholes = [];
    readonly List<(Place Place, Guard Guard)> defaults = [];

    /// <summary>Where the first field that writes here stands.</summary>
    public Place At => at;

    public WrittenPlace Below(string key, Place place)
    {
        if (!below.TryGetValue(key, out var found)) below.Add(key, found = new WrittenPlace(place));
        return found;
    }

    public bool Has(string key) => below.ContainsKey(key);

    /// <summary>Notes that a field writes this place as a whole.</summary>
    /// <param name="place">Where the field stands.</param>
    /// <param name="guard">When it writes; fields of which only one can run may write one place.</param>
    /// <returns>Where another field stands that writes it, or a part of it; null if none does.</returns>
    public Place? Write(Place place, Guard guard)
    {
        var other = Whole(guard) ?? FirstBelow(guard);
        wholes.Add((place, guard));
        return other;
    }

    /// <summary>Notes a default: it may stand beside one field that writes the same.</summary>
    public Place? WriteDefault(Place place, Guard guard)
    {
        var other = First(defaults, guard);
        defaults.Add((place, guard));
        return other;
    }

    /// <summary>Where a field stands that writes this place as a whole, so that no other may write a part.</summary>
    public Place? Whole(Guard guard) => First(wholes, guard);

    Place? FirstBelow(Guard guard) => below.Values.Select(place => place.Whole(guard) ?? place.FirstBelow(guard)).FirstOrDefault(found => found is not null);

    static Place? First(List<(Place Place, Guard Guard)> writes, Guard guard) => writes.Find(write => !write.Guard.Excludes(guard)).Place;

    /// <summary>Each required member of the shape, here and in what is written below, that nothing writes.</summary>
    public IEnumerable<(string Path, Place Group)> Missing(Shape shape, Place group, string path = "", int depthLeft = MaxDepth)
    {
        if (wholes.Count > 0 || defaults.Count > 0 || depthLeft == 0) yield break;
        if (shape is ObjectShape known)
        {
            foreach (var member in known.Members.Where(member => member.Required && !below.ContainsKey(member.Name)))
                yield return (MappingPathParser.Join(path, member.Name), group);
        }

        foreach (var (key, place) in below)
        {
            var part = shape switch
            {
                ObjectShape { Members.IsEmpty: true, Additional: { } other } when key.StartsWith('#') => other,
                ObjectShape one => one.Member(key)?.Shape,
                ArrayShape list => list.Item,
                _ => null,
            };
            if (part is null) continue;
            var name = shape is ArrayShape ? path + (key.StartsWith('#') ? "[]" : key) : MappingPathParser.Join(path, key);
            foreach (var missing in place.Missing(part, shape is ArrayShape ? place.At : group, name, depthLeft - 1)) yield return missing;
        }
    }
}
