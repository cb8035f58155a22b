namespace Interop.Core.Mapping;

/// <summary>Which place of the document that came a place of the target is written from.</summary>
sealed class MappingTrace
{
    readonly List<(Draft Node, string Below, string From)> exact = [];
    readonly List<(Draft Node, string Below, string From)> near = [];

    public void Add(Route to, WriteScope write, Func<string> from)
    {
        var start = write.Out(to.Up).Item;
        var below = string.Concat(to.Steps.TakeWhile(step => step is RouteStep.Member).Select(step => ((RouteStep.Member)step).Segment));
        near.Add((start, below, from()));
        if (to.Reach(write, makeItems: false) is { } node) exact.Add((node, "", from()));
    }

    /// <summary>The pointer in the document that came for a pointer in the target; null if nothing is written there.</summary>
    public string? Source(Draft root, string target)
    {
        var pointers = new Dictionary<Draft, string>(ReferenceEqualityComparer.Instance);
        Number(root, "", pointers);
        return Within(exact, pointers, target) ?? Below(exact, pointers, target) ?? Below(near, pointers, target);
    }

    // What is written as a whole, such as a list of texts, has the same parts on both sides.
    static string? Within(List<(Draft Node, string Below, string From)> writes, Dictionary<Draft, string> pointers, string target) => writes
        .Where(write => pointers.ContainsKey(write.Node))
        .Select(write => (To: pointers[write.Node], write.From))
        .Where(write => target == write.To || target.StartsWith(write.To + "/", StringComparison.Ordinal))
        .OrderByDescending(write => write.To.Length)
        .Select(write => write.From + target[write.To.Length..])
        .FirstOrDefault();

    static string? Below(List<(Draft Node, string Below, string From)> writes, Dictionary<Draft, string> pointers, string target) => writes
        .Where(write => pointers.ContainsKey(write.Node))
        .Select(write => (To: pointers[write.Node] + write.Below, write.From))
        .Where(write => write.To == target || write.To.StartsWith(target + "/", StringComparison.Ordinal))
        .Select(write => write.From)
        .FirstOrDefault();

    static void Number(Draft node, string pointer, Dictionary<Draft, string> pointers)
    {
        pointers[node] = pointer;
        foreach (var (name, member) in node.Members) Number(member, pointer + new RouteStep.Member(name).Segment, pointers);
        for (var at = 0; at < node.Items.Count; at++) Number(node.Items[at], $"{pointer}/{at}", pointers);
    }
}
