namespace Interop.Core.Schemas;

/// <summary>Finds schemas that refer to themselves without going into a part of the value: checking one would never end.</summary>
sealed class InPlaceLoops(ProblemList problems)
{
    const int MaxChain = 32;

    readonly Dictionary<SchemaNode, int> heights = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<SchemaNode> reported = new(ReferenceEqualityComparer.Instance);

    public static void Refuse(IEnumerable<SchemaNode> nodes, ProblemList problems)
    {
        var search = new InPlaceLoops(problems);
        foreach (var node in nodes) search.Height(node, 1);
    }

    // -1 marks a node that is being visited. The depth of the search itself is limited by MaxChain.
    int Height(SchemaNode node, int depth)
    {
        if (heights.TryGetValue(node, out var known) && known >= 0)
        {
            if (depth + known > MaxChain) Report(node);
            return known;
        }

        if (known == -1 || depth > MaxChain)
        {
            Report(node);
            return 0;
        }

        heights[node] = -1;
        var below = 0;
        foreach (var part in node.Always.Concat(node.Sometimes).Concat(node.Questions)) below = Math.Max(below, Height(part, depth + 1));
        return heights[node] = below + 1;
    }

    void Report(SchemaNode node)
    {
        if (reported.Add(node))
            problems.Add(node.Place, "reference-loop", $"This schema refers to itself for the same value, or through more than {MaxChain} references. Refer to it from a property or an item.");
    }
}
