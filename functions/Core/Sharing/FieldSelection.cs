using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Sharing;

/// <summary>Fields of a record, by paths such as <c>/persons/*/name</c>; <c>*</c> stands for any one member or item, and a path includes all below it.</summary>
/// <param name="Allows">True: exactly these are given. False: all but these.</param>
/// <param name="Paths">The paths, split at the slashes.</param>
public sealed record FieldSelection(bool Allows, ImmutableArray<ImmutableArray<string>> Paths)
{
    /// <summary>The record with only the fields selected, and the JSON Pointers of what was removed.</summary>
    public (JsonValue Record, ImmutableArray<string> Removed) Apply(JsonValue record) => throw new NotSupportedException("Not written yet.");
}
