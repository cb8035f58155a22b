using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Sources;

/// <summary>Reads the named fields of one mapping of a definition; each wrong or unknown one is reported with its place and the remedy.</summary>
/// <remarks>Ask for every field a definition may have, then call <see cref="RefuseOthers"/>.</remarks>
public sealed class SourceFields
{
    readonly SourceMap map;
    readonly ProblemList problems;
    readonly HashSet<string> asked = new(StringComparer.Ordinal);

    SourceFields(SourceMap map, ProblemList problems) => (this.map, this.problems) = (map, problems);

    /// <summary>Where the mapping begins.</summary>
    public Place Place => map.Place;

    /// <summary>Where problems are put.</summary>
    public ProblemList Problems => problems;

    /// <summary>The mapping itself.</summary>
    public SourceMap Map => map;

    /// <summary>The fields of <paramref name="node"/>; if it is not a mapping, that is reported and there are no fields.</summary>
    public static SourceFields Of(SourceNode node, ProblemList problems)
    {
        if (node is SourceMap map) return new SourceFields(map, problems);
        problems.Add(node.Place, "type", $"A mapping belongs here, but {node.KindName} stands here.");
        return new SourceFields(new SourceMap(node.Place, []), problems);
    }

    /// <summary>The node of a field that may be absent.</summary>
    public SourceNode? Optional(string name)
    {
        asked.Add(name);
        return map[name] is SourceScalar { Value.IsNull: true, Text: "" } ? null : map[name];
    }

    /// <summary>The node of a field that must be there; if it is not, that is reported.</summary>
    public SourceNode? Required(string name)
    {
        var node = Optional(name);
        if (node is null) problems.Add(map.Place, "required", $"\"{name}\" is missing. Add it.");
        return node;
    }

    /// <summary>A text that may be absent; numbers and booleans are taken as they are written.</summary>
    public string? Text(string name) => TextOf(Optional(name), name);

    /// <summary>A text that must be there; empty after a problem.</summary>
    public string RequiredText(string name) => TextOf(Required(name), name) ?? "";

    /// <summary>A text that must be one of a list; the first of it after a problem.</summary>
    public string OneOf(string name, params string[] allowed) => OneOf(Required(name), name, allowed) ?? allowed[0];

    /// <summary>A text out of a list that may be absent.</summary>
    public string? OptionalOneOf(string name, params string[] allowed) => OneOf(Optional(name), name, allowed);

    /// <summary>One text out of a list, or several; none if it is absent.</summary>
    public ImmutableArray<string> SomeOf(string name, params string[] allowed)
    {
        if (Optional(name) is not { } node) return [];
        if (node is SourceList { Items: [] }) problems.Add(node.Place, "required", $"The list \"{name}\" is empty. Give at least one of {string.Join(", ", allowed)}.");
        return [.. (node is SourceList list ? list.Items : [node]).Select(item => OneOf(item, name, allowed)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A boolean that may be absent.</summary>
    public bool Flag(string name, bool otherwise = false)
    {
        var node = Optional(name);
        if (node is null) return otherwise;
        if (node is SourceScalar { Value.Kind: JsonKind.Boolean } flag) return flag.Value.AsBoolean();
        problems.Add(node.Place, "type", $"\"{name}\" must be true or false.", value: (node as SourceScalar)?.Text);
        return otherwise;
    }

    /// <summary>A whole number within limits that may be absent.</summary>
    public int Whole(string name, int otherwise, int least, int most)
    {
        var node = Optional(name);
        if (node is null) return otherwise;
        if (node is SourceScalar { Value.Kind: JsonKind.Number } number && number.Value.AsNumber() is var value && value == Math.Truncate(value) && value >= least && value <= most)
            return (int)value;
        problems.Add(node.Place, "range", $"\"{name}\" must be a whole number from {least} to {most}.", value: (node as SourceScalar)?.Text);
        return otherwise;
    }

    /// <summary>The fields of a mapping that may be absent.</summary>
    public SourceFields? Fields(string name) => Optional(name) is { } node ? Of(node, problems) : null;

    /// <summary>The fields of a mapping that must be there.</summary>
    public SourceFields RequiredFields(string name) => Of(Required(name) ?? new SourceMap(map.Place, []), problems);

    /// <summary>The items of a list that may be absent.</summary>
    public ImmutableArray<SourceNode> List(string name)
    {
        var node = Optional(name);
        if (node is null) return [];
        if (node is SourceList list) return list.Items;
        problems.Add(node.Place, "type", $"\"{name}\" must be a list, but {node.KindName} stands here. Begin each item with \"- \".");
        return [];
    }

    /// <summary>The items of a list of texts that may be absent.</summary>
    public ImmutableArray<string> Texts(string name) => [.. List(name).Select(item => TextOf(item, name)).OfType<string>()];

    /// <summary>Reports each field that was not asked for, with the nearest name that was.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in map.Entries.Where(entry => !asked.Contains(entry.Name)))
        {
            var meant = Spelling.Nearest(entry.Name, asked);
            problems.Add(entry.Place, "unknown-field", $"\"{entry.Name}\" is not known here. {(meant is null ? $"Known are: {string.Join(", ", asked.Order(StringComparer.Ordinal))}." : $"Did you mean \"{meant}\"?")}", value: entry.Name);
        }
    }

    string? OneOf(SourceNode? node, string name, string[] allowed)
    {
        var text = TextOf(node, name);
        if (text is null || allowed.Contains(text, StringComparer.Ordinal)) return text;
        var meant = Spelling.Nearest(text, allowed);
        problems.Add(node!.Place, "unknown-value", $"\"{name}\" must be one of {string.Join(", ", allowed)}.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", value: text);
        return null;
    }

    string? TextOf(SourceNode? node, string name)
    {
        if (node is null) return null;
        if (node is SourceScalar scalar) return scalar.Text;
        problems.Add(node.Place, "type", $"\"{name}\" must be a text, but {node.KindName} stands here.");
        return null;
    }
}
