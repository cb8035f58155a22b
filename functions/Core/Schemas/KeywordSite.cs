using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>A keyword where it stands, with readers for what may follow it; each reports what is wrong.</summary>
sealed record KeywordSite(SchemaCompiler Compiler, SchemaDocument Document, SourceMap Schema, SourceEntry Entry, SchemaNode Node)
{
    public string Name => Entry.Name;

    public SourceNode Value => Entry.Value;

    public void Refuse(Place place, string rule, string message, string? value = null) => Compiler.Problems.Add(place, rule, message, value: value);

    public SchemaNode Subschema() => Subschema(Value);

    public SchemaNode Subschema(SourceNode source) => Compiler.Compile(source, Document);

    public ImmutableArray<SchemaNode> Subschemas()
    {
        var list = List();
        if (list.IsEmpty && Value is SourceList) Refuse(Value.Place, "too-few", $"\"{Name}\" needs at least one schema.");
        return [.. list.Select(Subschema)];
    }

    /// <summary>The entries of a mapping of names to schemas.</summary>
    public ImmutableArray<SourceEntry> Entries()
    {
        if (Value is SourceMap map) return map.Entries;
        Wrong("a mapping");
        return [];
    }

    public ImmutableArray<SourceNode> List()
    {
        if (Value is SourceList list) return list.Items;
        Wrong("a list");
        return [];
    }

    public string? Text()
    {
        if (Value is SourceScalar { Value.IsNull: false } scalar) return scalar.Text;
        Wrong("a text");
        return null;
    }

    public ImmutableArray<string> Texts() => TextsOf(List());

    public ImmutableArray<string> TextsOf(IEnumerable<SourceNode> nodes)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var node in nodes)
        {
            if (node is SourceScalar { Value.IsNull: false } scalar) texts.Add(scalar.Text);
            else Refuse(node.Place, "type", $"\"{Name}\" is a list of texts, but {node.KindName} stands here.");
        }

        return texts.ToImmutable();
    }

    public int? Count()
    {
        if (Value is SourceScalar { Value.Kind: JsonKind.Number } number && number.Value.AsNumber() is var count && count >= 0 && count <= int.MaxValue && count == Math.Truncate(count))
            return (int)count;
        Wrong("a whole number from 0");
        return null;
    }

    public JsonValue? Number()
    {
        if (Value is SourceScalar { Value.Kind: JsonKind.Number } number) return number.Value;
        Wrong("a number");
        return null;
    }

    public bool Flag()
    {
        if (Value is SourceScalar { Value.Kind: JsonKind.Boolean } flag) return flag.Value.AsBoolean();
        Wrong("true or false");
        return false;
    }

    /// <summary>The site of a neighbouring keyword, if it stands in the same schema.</summary>
    public KeywordSite? Beside(string name) => Schema.Entries.FirstOrDefault(entry => entry.Name == name) is { } entry ? this with { Entry = entry } : null;

    void Wrong(string wanted) => Refuse(Value.Place, "type", $"\"{Name}\" must be {wanted}, but {Value.KindName} stands here.", (Value as SourceScalar)?.Text);
}
