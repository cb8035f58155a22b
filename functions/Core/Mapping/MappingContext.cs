using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>What a definition is checked against when it is loaded.</summary>
/// <param name="Canonical">The canonical schemas by name (<c>update</c>).</param>
/// <param name="Source">The schema of the system's format.</param>
/// <param name="CodeLists">The code lists by name.</param>
public sealed record MappingContext(IReadOnlyDictionary<string, Schema> Canonical, Schema Source, IReadOnlyDictionary<string, CodeList> CodeLists);
