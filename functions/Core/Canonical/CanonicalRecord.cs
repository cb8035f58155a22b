using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Canonical;

/// <summary>One version of a canonical record, with all that it refers to.</summary>
/// <param name="Name">The record's name, such as <c>incident</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Schema">What a record of the version is.</param>
/// <param name="Place">Where it stands.</param>
public sealed record CanonicalRecord(string Name, SemanticVersion Version, Schema Schema, Place Place)
{
    /// <summary>As mappings and messages name it: <c>incident@1.1.0</c>.</summary>
    public string Reference => $"{Name}@{Version}";

    /// <summary>Reads a schema that states its version.</summary>
    /// <param name="name">The record's name.</param>
    /// <param name="root">The schema's document.</param>
    /// <param name="resolve">As of <see cref="Schema.Load(SourceNode, Func{string, SourceNode?})"/>.</param>
    public static Outcome<CanonicalRecord> Load(string name, SourceNode root, Func<string, SourceNode?> resolve)
    {
        var schema = Schema.Load(root, resolve);
        var stated = (root as SourceMap)?["version"];
        if (stated is null) return schema.Problems.Add(new Problem("required", CanonicalMessages.NoVersion(name), Place: root.Place));
        return schema.Then<CanonicalRecord>(loaded => new CanonicalRecord(name, SemanticVersion.Parse(((SourceScalar)stated).Text)!.Value, loaded, root.Place));
    }
}
