using System.Collections.Immutable;
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
        if (version.Length > 0 && !CodeListReader.Semver().IsMatch(version)) problems.Add(fields.Map["version"]!.Place, "version", MappingMessages.Version, value: version);
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
        var losses = fields.List("losses").Select(node => Loss(node, problems)).OfType<AcceptedLoss>().ToImmutableArray();
        fields.RefuseOthers();
        return new DefinitionSyntax(
            root.Place, name, version, from, title, direction, format, schema, canonical, fields.Map["canonical"]?.Place ?? root.Place, fields.Map.Entries.FirstOrDefault(entry => entry.Name == "fields")?.Place ?? root.Place, read, losses);
    }

    static AcceptedLoss? Loss(SourceNode node, ProblemList problems)
    {
        var fields = SourceFields.Of(node, problems);
        var (rule, path, reason) = (fields.RequiredText("rule"), FieldReader.Path(fields, "path"), fields.Sentence("reason"));
        fields.RefuseOthers();
        return path is null ? null : new AcceptedLoss(rule, path.Path, reason, node.Place);
    }

    /// <summary>A text of at least one word; empty after a problem.</summary>
    public static string Sentence(this SourceFields fields, string name)
    {
        var text = fields.RequiredText(name);
        if (string.IsNullOrWhiteSpace(text) && fields.Optional(name) is { } empty) fields.Problems.Add(empty.Place, "required", MappingMessages.EmptyReason);
        return text;
    }
}
