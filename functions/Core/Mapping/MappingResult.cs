using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>What a document became.</summary>
/// <param name="Value">The translated document; with problems, as much of it as could be translated.</param>
/// <param name="Problems">Every problem: its path is a JSON Pointer into the document that came. Empty if all went well.</param>
public sealed record MappingResult(JsonValue Value, ImmutableArray<Problem> Problems)
{
    /// <summary>Whether there is no problem.</summary>
    public bool Succeeded => Problems.IsEmpty;
}
