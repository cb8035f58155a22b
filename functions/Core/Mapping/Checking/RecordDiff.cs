using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What two versions of a canonical record say differently.</summary>
public static class RecordDiff
{
    /// <summary>Every place of which the newer says something else, in the order of the schema.</summary>
    public static ImmutableArray<MappingChange> Of(CanonicalRecord before, CanonicalRecord after) =>
        [.. ShapeDiff.Of(before.Schema.Shape, after.Schema.Shape).Select(place => new MappingChange(MappingDirection.Both, place.Path, DiffMessages.Place($"the canonical {after.Name}", place), null, JsonValue.Null, JsonValue.Null))];
}
