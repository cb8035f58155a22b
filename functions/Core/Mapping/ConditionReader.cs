using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>What stands under <c>when</c>: one condition, or a list of which all must hold.</summary>
static class ConditionReader
{
    static readonly string[] Words = ["is", "not", "present"];

    public static ImmutableArray<ConditionSyntax> Read(SourceFields fields)
    {
        if (fields.Optional("when") is not { } node) return [];
        var nodes = node is SourceList list ? list.Items : [node];
        if (nodes.IsEmpty) fields.Problems.Add(node.Place, "required", MappingMessages.NoCondition);
        return [.. nodes.Select(one => Condition(one, fields.Problems)).OfType<ConditionSyntax>()];
    }

    static ConditionSyntax? Condition(SourceNode node, ProblemList problems)
    {
        var fields = SourceFields.Of(node, problems);
        if (node is not SourceMap) return null;
        var target = FieldReader.Target(fields);
        var stated = Words.Where(word => fields.Optional(word) is not null).ToList();
        if (stated.Count != 1) problems.Add(node.Place, "required", MappingMessages.OneTest);
        var (kind, values) = stated is ["present"]
            ? (fields.Flag("present") ? ConditionKind.Present : ConditionKind.Absent, [])
            : (stated is ["not"] ? ConditionKind.Not : ConditionKind.Is, Values(fields, stated.FirstOrDefault() ?? "is"));
        fields.RefuseOthers();
        return target is null || stated.Count != 1 ? null : new ConditionSyntax(node.Place, target.Value.Side, target.Value.Path, kind, values);
    }

    static ImmutableArray<SourceNode> Values(SourceFields fields, string word) => fields.Optional(word) switch
    {
        SourceList list => list.Items,
        { } one => [one],
        null => [],
    };
}
