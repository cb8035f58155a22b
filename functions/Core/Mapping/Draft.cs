using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>Nodes for one draft after another, of which only the last is in use. Not thread-safe.</summary>
sealed class DraftNodes
{
    const int MaxKept = 20_000;

    readonly List<Draft> kept = [];
    int used;

    /// <summary>The first node of a new draft. Those of the last one may be used again from here on.</summary>
    public Draft Begin()
    {
        used = 0;
        return Next();
    }

    public Draft Next()
    {
        if (used < kept.Count) return kept[used++].Emptied();
        var made = new Draft(this);
        if (kept.Count >= MaxKept) return made;
        kept.Add(made);
        used++;
        return made;
    }
}

/// <summary>A document while it is written: nodes are made when something is first written below them.</summary>
sealed class Draft(DraftNodes? nodes = null)
{
    // So many members are put in order on the stack.
    const int MaxPlaced = 128;

    // So many are compared on the stack.
    const int MaxCompared = 16;

    JsonValue? leaf;

    // Whether what is in the leaf is taken apart where something is written beside it.
    bool isWhole;
    List<KeyValuePair<string, Draft>>? members;
    List<Draft>? items;

    public bool IsEmpty
    {
        get
        {
            if (leaf is not null || items is { Count: > 0 }) return false;
            foreach (var member in CollectionsMarshal.AsSpan(members))
                if (!member.Value.IsEmpty) return false;
            return true;
        }
    }

    public IReadOnlyList<KeyValuePair<string, Draft>> Members => members ?? [];

    public ReadOnlySpan<Draft> Items
    {
        get
        {
            Open();
            return CollectionsMarshal.AsSpan(items);
        }
    }

    /// <summary>Where it is noted what is made of this, if nothing more is written to it.</summary>
    public KnownItem? Becomes { get; set; }

    public void Set(JsonValue value) => Emptied().leaf = value;

    /// <summary>Writes all at once that would have been written part by part.</summary>
    public void Put(JsonValue whole)
    {
        Set(whole);
        isWhole = true;
    }

    void Open()
    {
        Becomes = null;
        if (!isWhole) return;
        var whole = leaf!.Value;
        isWhole = false;
        if (whole.Kind == JsonKind.Object)
            foreach (var (name, value) in whole.Members) Member(name).Put(value);
        if (whole.Kind == JsonKind.Array)
            foreach (var item in whole.Items) Append().Put(item);
    }

    public Draft Emptied()
    {
        leaf = null;
        isWhole = false;
        Becomes = null;
        members?.Clear();
        items?.Clear();
        return this;
    }

    public Draft? Find(string name)
    {
        if (isWhole) Open();
        foreach (var (own, value) in CollectionsMarshal.AsSpan(members))
            if (string.Equals(own, name, StringComparison.Ordinal)) return value;
        return null;
    }

    public Draft Member(string name)
    {
        Open();
        if (Find(name) is { } found) return found;
        var made = nodes?.Next() ?? new Draft();
        leaf = null;
        (members ??= []).Add(KeyValuePair.Create(name, made));
        return made;
    }

    public Draft Append()
    {
        Open();
        var made = nodes?.Next() ?? new Draft();
        leaf = null;
        (items ??= []).Add(made);
        return made;
    }

    /// <summary>Adds a value to a list that is a set.</summary>
    public void Include(JsonValue value)
    {
        if (!Holds(value)) Append().Set(value);
    }

    public bool Is(JsonValue value) => leaf is { } own && own == value;

    public bool Holds(JsonValue value)
    {
        foreach (var item in CollectionsMarshal.AsSpan(items))
            if (item.Is(value)) return true;
        return leaf is { Kind: JsonKind.Array } list && list.ItemSpan.Contains(value);
    }

    /// <summary>The document; members in the order of the schema, those it does not name after them. A list's item that nothing was written to is null.</summary>
    /// <param name="shape">What the schema says.</param>
    /// <param name="like">Another document: what is the same in both is one object.</param>
    public JsonValue ToJson(Shape? shape, JsonValue like = default)
    {
        if (leaf is { } value) return value;
        var made = items is { Count: > 0 } ? List(items, shape as ArrayShape, like) : members is { Count: > 0 } ? Ordered(members, shape as ObjectShape, like) : JsonValue.Null;
        if (shape is not null && Becomes is { } known) known.Value = made;
        return made;
    }

    static JsonValue List(List<Draft> items, ArrayShape? shape, JsonValue like)
    {
        // What is the same is compared before anything is made for it.
        var few = default(InlineArray16<JsonValue>);
        Span<JsonValue> values = items.Count <= MaxCompared ? few[..items.Count] : new JsonValue[items.Count];
        var isLike = like.Kind == JsonKind.Array && like.Count == values.Length;
        for (var at = 0; at < values.Length; at++)
        {
            var before = like[at];
            values[at] = items[at].IsEmpty && shape?.Item is ObjectShape ? JsonValue.EmptyObject : items[at].ToJson(shape?.Item, before);
            isLike = isLike && values[at].Is(before);
        }

        return isLike ? like : JsonValue.Of(values.ToArray());
    }

    static JsonValue Ordered(List<KeyValuePair<string, Draft>> members, ObjectShape? shape, JsonValue like)
    {
        var few = default(InlineArray16<KeyValuePair<string, JsonValue>>);
        Span<KeyValuePair<string, JsonValue>> written = members.Count <= MaxCompared ? few : new KeyValuePair<string, JsonValue>[members.Count];
        var orders = members.Count <= MaxPlaced ? stackalloc int[members.Count] : new int[members.Count];
        var count = 0;
        foreach (var (name, value) in members)
        {
            if (value.IsEmpty) continue;
            var order = shape?.PlaceOf(name) ?? int.MaxValue;
            var at = count++;
            for (; at > 0 && orders[at - 1] > order; at--) (orders[at], written[at]) = (orders[at - 1], written[at - 1]);
            (orders[at], written[at]) = (order, KeyValuePair.Create(name, value.ToJson(order == int.MaxValue ? shape?.Additional : shape!.Members[order].Shape, like[name])));
        }

        var made = written[..count];
        return like.OwnMembers is { } before && before.Has(made) ? like : JsonValue.OfDistinct(made.ToArray());
    }
}
