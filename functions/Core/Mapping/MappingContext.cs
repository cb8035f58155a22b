using Interop.Core.Canonical;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>What a definition is checked against when it is loaded.</summary>
/// <param name="Canonical">The canonical records.</param>
/// <param name="Source">The schema of the system's format.</param>
/// <param name="CodeLists">The code lists by name.</param>
public sealed record MappingContext(CanonicalRecords Canonical, Schema Source, IReadOnlyDictionary<string, CodeList> CodeLists);
