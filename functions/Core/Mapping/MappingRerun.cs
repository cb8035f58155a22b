using System.Runtime.CompilerServices;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>What runs of one direction over documents that differ in little have in common: what is the same in two results is one object, and a text is converted once. Not thread-safe.</summary>
sealed class MappingRerun
{
    public DraftNodes Nodes { get; } = new();

    public KnownConversions Conversions { get; } = new();

    public KnownOutputs Outputs { get; } = new();

    /// <summary>The last result.</summary>
    public JsonValue Last { get; set; }
}

/// <summary>What programs made of items, each the very one: a program that is given nothing else always makes the same of one. Not thread-safe.</summary>
sealed class KnownOutputs
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 20_000;

    readonly Dictionary<(JqProgram Program, JsonMembers Item), Outcome<JsonValue>> known = new(new BySelf());

    public int Count => known.Count;

    public Outcome<JsonValue> Of(JqProgram program, JsonMembers item, JsonValue input)
    {
        if (known.TryGetValue((program, item), out var output)) return output;
        if (known.Count >= MaxKept) known.Clear();
        return known[(program, item)] = program.First(input);
    }

    sealed class BySelf : IEqualityComparer<(JqProgram Program, JsonMembers Item)>
    {
        public bool Equals((JqProgram Program, JsonMembers Item) one, (JqProgram Program, JsonMembers Item) other) => ReferenceEquals(one.Item, other.Item) && ReferenceEquals(one.Program, other.Program);

        public int GetHashCode((JqProgram Program, JsonMembers Item) one) => HashCode.Combine(RuntimeHelpers.GetHashCode(one.Program), RuntimeHelpers.GetHashCode(one.Item));
    }
}
