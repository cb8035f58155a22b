using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Sources;

/// <summary>A node of a definition as its author wrote it (YAML or JSON), each with its place, so that every problem can name file, line and column.</summary>
public abstract record SourceNode(Place Place)
{
    /// <summary>This node and all below as plain JSON.</summary>
    public abstract JsonValue ToJson();

    /// <summary>What an author calls this kind of node.</summary>
    public abstract string KindName { get; }
}

/// <summary>A scalar, typed by the YAML 1.2 core schema: quoted text is always a string.</summary>
public sealed record SourceScalar(Place Place, string Text, JsonValue Value) : SourceNode(Place)
{
    /// <inheritdoc/>
    public override JsonValue ToJson() => Value;

    /// <inheritdoc/>
    public override string KindName => Value.Kind switch
    {
        JsonKind.Null => "nothing",
        JsonKind.Boolean => "a boolean",
        JsonKind.Number => "a number",
        _ => "a text",
    };
}

/// <summary>A list.</summary>
public sealed record SourceList(Place Place, ImmutableArray<SourceNode> Items) : SourceNode(Place)
{
    /// <inheritdoc/>
    public override JsonValue ToJson() => JsonValue.Of(Items.Select(item => item.ToJson()));

    /// <inheritdoc/>
    public override string KindName => "a list";
}

/// <summary>A mapping of names to nodes, in the order written, no name twice.</summary>
public sealed record SourceMap(Place Place, ImmutableArray<SourceEntry> Entries) : SourceNode(Place)
{
    /// <summary>The node of that name, or null.</summary>
    public SourceNode? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name)?.Value;

    /// <inheritdoc/>
    public override JsonValue ToJson() => JsonValue.Of(Entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value.ToJson())));

    /// <inheritdoc/>
    public override string KindName => "a mapping";
}

/// <summary>One name and node of a <see cref="SourceMap"/>; the place is the name's.</summary>
public sealed record SourceEntry(string Name, Place Place, SourceNode Value);
