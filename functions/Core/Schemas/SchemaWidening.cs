using System.Collections.Immutable;

namespace Interop.Core.Schemas;

/// <summary>A place at which a schema takes less than another.</summary>
/// <param name="Path">The place, such as <c>persons[0].name</c>; empty for the whole.</param>
/// <param name="What">What is the matter, after the place in a sentence.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Place">Where in the schema that takes less.</param>
sealed record LostPlace(string Path, string What, string Remedy, Place Place);

/// <summary>Whether a schema takes whatever another takes. It never says so where it is not; where it cannot know (<c>oneOf</c> and the like, unless they are the same), it says that it cannot.</summary>
sealed class SchemaWidening
{
    const int MaxDepth = 64;
    const int MaxTold = 100;

    readonly List<LostPlace> lost = [];
    readonly Dictionary<SchemaNode, int> ids = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<string> compared = new(StringComparer.Ordinal);

    /// <summary>The places at which <paramref name="newer"/> refuses what <paramref name="older"/> takes, or no longer knows it; none if there are none.</summary>
    public static ImmutableArray<LostPlace> Lost(Schema older, Schema newer)
    {
        var widening = new SchemaWidening();
        widening.Compare([older.Root], [newer.Root], "", MaxDepth);
        return [.. widening.lost.Take(MaxTold)];
    }

    void Compare(IEnumerable<SchemaNode> older, IEnumerable<SchemaNode> newer, string path, int depthLeft)
    {
        var (was, now) = (SchemaFacts.Of(older), SchemaFacts.Of(newer));

        // Schemas may refer to themselves.
        if (lost.Count > MaxTold || !compared.Add($"{Named(was)} {Named(now)}")) return;
        if (depthLeft == 0)
        {
            Lose(now, path, "stands too deep to be compared", "Make the schema less deep.");
            return;
        }

        foreach (var (what, remedy) in now.Refuses(was)) Lose(now, path, what, remedy);
        Members(was, now, path, depthLeft - 1);
        if (now.Items.Count == 0) return;
        if (was.Items.Count > 0) Compare(was.Items, now.Items, path + "[0]", depthLeft - 1);
        else if (was.MayBe(JsonTypes.Array)) Lose(now, path, "had items of any kind, and now says what they are", "Leave \"items\" out.");
    }

    void Members(SchemaFacts was, SchemaFacts now, string path, int depthLeft)
    {
        foreach (var (name, members) in was.Properties)
        {
            var here = Join(path, name);
            if (now.Properties.TryGetValue(name, out var same)) Compare(members, same, here, depthLeft);
            else Lose(now, here, "is gone", "Put it back; what is no longer wanted may stay and be written by nothing.");
        }

        foreach (var (name, members) in now.Properties.Where(member => !was.Properties.ContainsKey(member.Key)))
        {
            if (was.Others.Count > 0) Compare(was.Others, members, Join(path, name), depthLeft);
            else if (!was.NamesAll && was.MayBe(JsonTypes.Object)) Lose(now, Join(path, name), "could be anything, and now is described", "Leave it out.");
        }

        if (now.Closed && !was.Closed && was.MayBe(JsonTypes.Object)) Lose(now, path, "took members that are not named, and now does not", "Take \"additionalProperties: false\" away.");
        if (now.Others.Count == 0 || was.NamesAll) return;
        if (was.Others.Count > 0) Compare(was.Others, now.Others, path, depthLeft);
        else if (was.MayBe(JsonTypes.Object)) Lose(now, path, "took members of any kind, and now says what they are", "Take \"additionalProperties\" away.");
    }

    void Lose(SchemaFacts now, string path, string what, string remedy) => lost.Add(new LostPlace(path, what, remedy, now.Place));

    string Named(SchemaFacts facts) => string.Join(',', facts.All.Select(node => ids.TryGetValue(node, out var id) ? id : ids[node] = ids.Count));

    static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
