using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>Compiles documents into <see cref="SchemaNode"/>s. Each place is compiled once, so schemas may refer to themselves and to each other.</summary>
sealed class SchemaCompiler(Func<string, SourceNode?> resolve, ProblemList problems)
{
    const int MaxReferences = 10_000;

    readonly Dictionary<SourceNode, SchemaNode> nodes = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, SourceNode?> documents = new(StringComparer.Ordinal);
    readonly Queue<(SourceNode Source, SchemaDocument Document, SchemaNode Node)> referred = new();

    public ProblemList Problems => problems;

    public IEnumerable<SchemaNode> Nodes => nodes.Values;

    /// <summary>Compiles the root and all that it refers to.</summary>
    public SchemaNode CompileRoot(SourceNode root)
    {
        var node = Compile(root, new SchemaDocument("", root));
        for (var taken = 0; taken < MaxReferences && referred.TryDequeue(out var next); taken++) Fill(next.Node, next.Source, next.Document);
        if (referred.Count > 0) problems.Add(root.Place, "too-large", $"More than {MaxReferences} places are referred to. Make the schema smaller.");
        return node;
    }

    /// <summary>Compiles a schema that stands within the one being compiled.</summary>
    public SchemaNode Compile(SourceNode source, SchemaDocument document)
    {
        if (nodes.TryGetValue(source, out var known)) return known;
        var node = new SchemaNode(source.Place);
        nodes.Add(source, node);
        Fill(node, source, document);
        return node;
    }

    /// <summary>The schema a <c>$ref</c> leads to, compiled later: a reference never nests. Null after a problem.</summary>
    public SchemaNode? Refer(string reference, Place place, SchemaDocument from)
    {
        var parts = reference.Split('#', 2);
        var document = parts[0].Length == 0 ? from : Open(parts[0], place, from);
        if (document is null) return null;
        var found = Find(document.Root, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        if (found is null)
        {
            problems.Add(place, "reference", $"\"{reference}\" leads nowhere. Write a JSON Pointer to a place that exists, such as #/$defs/name.", value: reference);
            return null;
        }

        if (nodes.TryGetValue(found, out var known)) return known;
        var node = new SchemaNode(found.Place);
        nodes.Add(found, node);
        referred.Enqueue((found, document, node));
        return node;
    }

    SchemaDocument? Open(string path, Place place, SchemaDocument from)
    {
        var name = path.Contains(':', StringComparison.Ordinal) ? null : SchemaDocument.Combine(from.Path, path);
        if (name is null)
        {
            problems.Add(place, "reference", $"\"{path}\" is no relative path. Refer to another file by its path, such as common.schema.yaml#/$defs/name.", value: path);
            return null;
        }

        if (!documents.TryGetValue(name, out var root)) documents.Add(name, root = resolve(name));
        if (root is not null) return new SchemaDocument(name, root);
        problems.Add(place, "reference", $"There is no file {name}. Correct the path.", value: path);
        return null;
    }

    static SourceNode? Find(SourceNode root, string pointer)
    {
        if (JsonPointer.Segments(pointer) is not { } segments) return null;
        SourceNode? here = root;
        foreach (var segment in segments)
        {
            here = here switch
            {
                SourceMap map => map[segment],
                SourceList list when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length => list.Items[index],
                _ => null,
            };
        }

        return here;
    }

    void Fill(SchemaNode node, SourceNode source, SchemaDocument document)
    {
        switch (source)
        {
            case SourceScalar { Value.Kind: JsonKind.Boolean } flag:
                if (!flag.Value.AsBoolean()) node.Checks.Add((visit, value) => visit.Report("not-allowed", _ => SchemaMessages.NothingAllowed, value));
                if (!flag.Value.AsBoolean()) node.Types = JsonTypes.None;
                break;
            case SourceMap map:
                foreach (var entry in map.Entries) Keyword(new KeywordSite(this, document, map, entry, node));
                break;
            default:
                problems.Add(source.Place, "type", $"A schema is a mapping, true or false, but {source.KindName} stands here.");
                break;
        }
    }

    static void Keyword(KeywordSite site)
    {
        site.Node.Keywords.Add(site.Name);
        if (Keywords.WithoutFact.Contains(site.Name)) site.Node.Others.Add(site.Entry);
        if (Keywords.All.TryGetValue(site.Name, out var compile)) compile(site);
        else site.Refuse(site.Entry.Place, "unknown-keyword", SchemaMessages.UnknownMember(site.Name, Keywords.Names), site.Name);
    }
}

/// <summary>A document and its path relative to the root's folder; the root's own path is empty.</summary>
sealed record SchemaDocument(string Path, SourceNode Root)
{
    /// <summary>A path as written in a document, relative to the root's folder: <c>./</c> and <c>../</c> are resolved.</summary>
    public static string Combine(string from, string path)
    {
        var parts = from.Split('/').SkipLast(1).ToList();
        foreach (var part in path.Split('/'))
        {
            if (part == ".") continue;
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
