namespace Interop.Core.Canonical;

/// <summary>A canonical record as definitions name it: <c>incident@1.1.0</c>. Without a version it is the first (<c>incident</c> is <c>incident@1.0.0</c>), so that what a published text means never depends on what is published later.</summary>
/// <param name="Name">The record's name.</param>
/// <param name="Version">Its version, as written.</param>
public readonly record struct CanonicalReference(string Name, string Version)
{
    /// <summary>What a text names; whether there is such a record is another question.</summary>
    public static CanonicalReference Of(string text) => text.Split('@', 2) is [var name, var version] ? new CanonicalReference(name, version) : new CanonicalReference(text, SemanticVersion.First.ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Version}";
}
