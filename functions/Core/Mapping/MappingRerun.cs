using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>What runs of one direction over documents that differ in little have in common: what is the same in two results is one object, and a text is converted once. Not thread-safe.</summary>
sealed class MappingRerun
{
    public DraftNodes Nodes { get; } = new();

    public KnownConversions Conversions { get; } = new();

    /// <summary>The last result.</summary>
    public JsonValue Last { get; set; }
}
