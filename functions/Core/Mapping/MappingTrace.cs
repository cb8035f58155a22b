namespace Interop.Core.Mapping;

/// <summary>How a place of the target and the place it is written from belong together.</summary>
enum TraceKind
{
    /// <summary>Both have the same parts, such as the items of a list of texts.</summary>
    SameParts,

    /// <summary>All of the one comes out of all of the other.</summary>
    Whole,

    /// <summary>A group: its parts have places of their own.</summary>
    Group,
}

/// <summary>Which place of the document that came a place of the target is written from. Asked only after the run, when every list has its items.</summary>
sealed class MappingTrace
{
    readonly List<(Route To, WriteScope Write, Route? From, ReadScope Read, TraceKind Kind)> writes = [];

    /// <param name="to">Where it is written.</param>
    /// <param name="write">Within which item.</param>
    /// <param name="from">Where it was read; null for all of the item.</param>
    /// <param name="read">Within which item.</param>
    /// <param name="kind">How the two belong together.</param>
    public void Add(Route to, WriteScope write, Route? from, ReadScope read, TraceKind kind) => writes.Add((to, write, from, read, kind));

    /// <summary>The pointers in the document that came by the pointers in the target.</summary>
    public MappingPlaces Places(Draft root)
    {
        var nodes = writes.ConvertAll(write => (Exact: write.To.Reach(write.Write, makeItems: false), Start: write.Write.Out(write.To.Up).Item, write));
        var pointers = new Dictionary<Draft, string>(ReferenceEqualityComparer.Instance);
        Number(root, "", pointers);

        // Where the list's item does not exist, the list itself is as near as can be said.
        var exact = nodes.Where(node => node.Exact is not null && pointers.ContainsKey(node.Exact)).Select(node => new MappingPlace(pointers[node.Exact!], (node.write.From?.Pointer(node.write.Read) ?? node.write.Read.Pointer), node.write.Kind));
        var near = nodes.Where(node => node.Exact is null && pointers.ContainsKey(node.Start)).Select(node => new MappingPlace(pointers[node.Start] + node.write.To.MembersPointer, (node.write.From?.Pointer(node.write.Read) ?? node.write.Read.Pointer), node.write.Kind));
        return new MappingPlaces([.. exact], [.. near]);
    }

    static void Number(Draft node, string pointer, Dictionary<Draft, string> pointers)
    {
        pointers[node] = pointer;
        foreach (var (name, member) in node.Members) Number(member, pointer + RouteStep.Member.SegmentOf(name), pointers);
        for (var at = 0; at < node.Items.Length; at++) Number(node.Items[at], $"{pointer}/{at}", pointers);
    }
}

/// <param name="To">The pointer in the target.</param>
/// <param name="From">The pointer in the document that came.</param>
/// <param name="Kind">How they belong together.</param>
sealed record MappingPlace(string To, string From, TraceKind Kind);

/// <param name="Exact">What a field writes, and what it reads for it.</param>
/// <param name="Near">The list that a field would have written to, and what it read for it.</param>
sealed record MappingPlaces(IReadOnlyList<MappingPlace> Exact, IReadOnlyList<MappingPlace> Near)
{
    /// <summary>The pointer in the document that came for a pointer in the target; null if nothing is written there.</summary>
    public string? Source(string target) => Within(target) ?? Below(Exact, target) ?? Below(Near, target);

    string? Within(string target) => Exact
        .Where(place => target == place.To || (place.Kind != TraceKind.Group && target.StartsWith(place.To + "/", StringComparison.Ordinal)))
        .OrderByDescending(place => place.To.Length)
        .Select(place => place.Kind == TraceKind.SameParts ? place.From + target[place.To.Length..] : place.From)
        .FirstOrDefault();

    static string? Below(IReadOnlyList<MappingPlace> places, string target) => places
        .Where(place => place.To == target || place.To.StartsWith(target + "/", StringComparison.Ordinal))
        .Select(place => place.From)
        .FirstOrDefault();
}
