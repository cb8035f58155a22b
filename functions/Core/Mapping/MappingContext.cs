using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>What a definition is checked against when it is loaded.</summary>
/// <param name="Canonical">The canonical records.</param>
/// <param name="Source">The schema of the system's format.</param>
/// <param name="CodeLists">The code lists by name.</param>
public sealed record MappingContext(CanonicalRecords Canonical, Schema Source, IReadOnlyDictionary<string, CodeList> CodeLists)
{
    /// <summary>The files of code lists that do not load, by name: what is wrong with them is told there.</summary>
    public IReadOnlyDictionary<string, string> Unloaded { get; init; } = ImmutableDictionary<string, string>.Empty;
}
