using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Formats;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>YAML to <see cref="DefinitionSyntax"/>.</summary>
static class DefinitionReader
{
    public static DefinitionSyntax Read(SourceNode root, ProblemList problems)
    {
        var fields = SourceFields.Of(root, problems);
        var name = fields.RequiredText("mapping");
        var version = fields.RequiredText("version");
        if (version.Length > 0 && SemanticVersion.Parse(version) is null) problems.Add(fields.Map["version"]!.Place, "version", MappingMessages.Version, value: version);
        var from = CodeListReader.From(fields);
        var title = fields.RequiredText("title");
        var direction = fields.OneOf("direction", "in", "out", "both") switch
        {
            "in" => MappingDirection.In,
            "out" => MappingDirection.Out,
            _ => MappingDirection.Both,
        };
        var source = fields.RequiredFields("source");
        var format = source.OneOf("format", [.. Format.All.Keys]);
        var schema = source.RequiredText("schema");
        source.RefuseOthers();
        var canonical = fields.RequiredText("canonical");
        fields.Required("fields");
        var read = fields.List("fields").Select(node => FieldReader.Read(node, problems, FieldReader.MaxGroups)).OfType<FieldSyntax>().ToImmutableArray();
        var losses = fields.List("losses").SelectMany(node => Loss(node, problems)).ToImmutableArray();
        fields.RefuseOthers();
        return new DefinitionSyntax(
            root.Place, name, version, from, title, direction, format, schema, CanonicalReference.Of(canonical), fields.Map["canonical"]?.Place ?? root.Place, fields.Map.Entries.FirstOrDefault(entry => entry.Name == "fields")?.Place ?? root.Place, read, losses);
    }

    // One path, or several that are accepted under one condition, and of the same values, for one reason.
    static IEnumerable<AcceptedLoss> Loss(SourceNode node, ProblemList problems)
    {
        var fields = SourceFields.Of(node, problems);
        var (rule, given, reason) = (fields.RequiredText("rule"), fields.Required("path"), fields.Sentence("reason"));
        var condition = Condition(fields, "unless") ?? Condition(fields, "where") ?? "";
        var (values, how) = (Values(fields), How(fields, rule));
        fields.RefuseOthers();
        var paths = given is SourceList list ? list.Items : given is null ? [] : [given];
        if (given is SourceList { Items: [] }) problems.Add(given.Place, "required", MappingMessages.NoPaths);
        return [.. paths.Select(path => FieldReader.Path(path, problems)).OfType<PathSyntax>().Select(path => new AcceptedLoss(rule, path.Path, condition, values, how, reason, path.Place))];
    }

    static ImmutableArray<string> Values(SourceFields fields)
    {
        if (fields.Optional("values") is not { } node) return [];
        if (node is SourceList { Items: [] } || (node is SourceList { Items: var items } ? items : [node]).Any(item => item is SourceScalar { Value.IsNull: true })) fields.Problems.Add(node.Place, "required", MappingMessages.NoValues);
        return node is SourceScalar one ? [one.Text] : fields.Texts("values");
    }

    static ImmutableArray<HowBack> How(SourceFields fields, string rule)
    {
        if (rule is not ("" or AcceptedLoss.NotBack) && fields.Optional("how") is { } other) fields.Problems.Add(other.Place, "no-effect", MappingMessages.HowOfOther(rule));
        return [.. fields.SomeOf("how", [.. HowBacks.All]).Select(word => Enum.Parse<HowBack>(word, ignoreCase: true))];
    }

    // However it is broken into lines.
    static string? Condition(SourceFields fields, string word) =>
        fields.Text(word) is { } text ? $"{word} {string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}" : null;

    /// <summary>A text of at least one word; empty after a problem.</summary>
    public static string Sentence(this SourceFields fields, string name)
    {
        var text = fields.RequiredText(name);
        if (!text.Any(char.IsLetter) && fields.Optional(name) is { } empty) fields.Problems.Add(empty.Place, "required", MappingMessages.EmptyReason);
        return text;
    }
}
