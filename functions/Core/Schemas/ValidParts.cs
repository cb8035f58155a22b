using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>Objects, each the very one, that are known to be valid by a schema: where one document is made from another by a change in one place, only what is around that place is validated. Not thread-safe.</summary>
sealed class ValidParts
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 200_000;

    readonly HashSet<(SchemaNode Schema, JsonMembers Part)> known = new(new BySelf());

    readonly Dictionary<SchemaNode, JsonMembers> last = new(ReferenceEqualityComparer.Instance);

    /// <summary>The way into the value that is validated; empty between two.</summary>
    public List<(string? Name, int Index)> Path { get; } = [];

    public int Count => known.Count;

    public bool Knows(SchemaNode schema, JsonMembers part) => known.Contains((schema, part));

    /// <summary>How an object differs from the last one that was valid by the schema.</summary>
    public Changes ChangesOf(SchemaNode schema, JsonMembers part) => last.TryGetValue(schema, out var before) ? Changes.Between(before, part) : Changes.All;

    public void Add(SchemaNode schema, JsonMembers part)
    {
        if (known.Count >= MaxKept) known.Clear();
        known.Add((schema, part));
        last[schema] = part;
    }

    sealed class BySelf : IEqualityComparer<(SchemaNode Schema, JsonMembers Part)>
    {
        public bool Equals((SchemaNode Schema, JsonMembers Part) one, (SchemaNode Schema, JsonMembers Part) other) => ReferenceEquals(one.Part, other.Part) && ReferenceEquals(one.Schema, other.Schema);

        public int GetHashCode((SchemaNode Schema, JsonMembers Part) one) => HashCode.Combine(RuntimeHelpers.GetHashCode(one.Schema), RuntimeHelpers.GetHashCode(one.Part));
    }
}
