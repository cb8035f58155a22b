using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Platform.Definitions;

/// <summary>What must not change once it was published: a definition's text under its name and version.</summary>
/// <param name="Kind">One of those named here.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Text">All of it, line ends as on any machine.</param>
public sealed record VersionedText(string Kind, string Name, string Version, string Text)
{
    /// <summary>Name and version, as a message records them.</summary>
    public string Reference => $"{Name}@{Version}";

    /// <summary>Stands for the text: two that differ have another.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    internal const string Mapping = "mapping", CodeList = "code list", CanonicalRecord = "canonical record";

    /// <summary>A text as it is on any machine.</summary>
    internal static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>A file and what it is made of besides, as one text.</summary>
    internal static string Together(ImmutableSortedDictionary<string, string> files, string file, IEnumerable<string> parts) => Plain(string.Join("\n---\n", parts.Prepend(file).Select(one => files[one])));
}
