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

    public KnownItems Items { get; } = new();

    /// <summary>The last result.</summary>
    public JsonValue Last { get; set; }
}

/// <summary>What programs made of items: one that is given nothing else always makes the same of one. Not thread-safe.</summary>
sealed class KnownOutputs
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 20_000;

    readonly Dictionary<(JqProgram By, JsonMembers Item), Outcome<JsonValue>> known = new(new BySelf<JqProgram>());

    public int Count => known.Count;

    public Outcome<JsonValue> Of(JqProgram program, JsonMembers item, JsonValue input)
    {
        if (known.TryGetValue((program, item), out var output)) return output;
        if (known.Count >= MaxKept) known.Clear();
        return known[(program, item)] = program.First(input);
    }
}

/// <summary>What groups made of items. Not thread-safe.</summary>
sealed class KnownItems
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 20_000;

    readonly Dictionary<(Instruction.Each By, JsonMembers Item), KnownItem> known = new(new BySelf<Instruction.Each>());

    public int Count => known.Count;

    public KnownItem Of(Instruction.Each group, JsonMembers item)
    {
        if (known.TryGetValue((group, item), out var made)) return made;
        if (known.Count >= MaxKept) known.Clear();
        return known[(group, item)] = new KnownItem();
    }
}

/// <summary>What a group made of an item; null until that is known.</summary>
sealed class KnownItem
{
    public JsonValue Value { get; set; }

    /// <summary>How many values were written for it.</summary>
    public int Writes { get; set; }
}

/// <summary>Whether something was made by the very one of the very item.</summary>
sealed class BySelf<T> : IEqualityComparer<(T By, JsonMembers Item)>
    where T : class
{
    public bool Equals((T By, JsonMembers Item) one, (T By, JsonMembers Item) other) => ReferenceEquals(one.Item, other.Item) && ReferenceEquals(one.By, other.By);

    public int GetHashCode((T By, JsonMembers Item) one) => HashCode.Combine(RuntimeHelpers.GetHashCode(one.By), RuntimeHelpers.GetHashCode(one.Item));
}
