using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>A document while it is written: nodes are made when something is first written below them.</summary>
sealed class Draft
{
    JsonValue? leaf;
    List<KeyValuePair<string, Draft>>? members;
    List<Draft>? items;

    public bool IsEmpty => leaf is null && (items is null || items.Count == 0) && (members is null || members.TrueForAll(member => member.Value.IsEmpty));

    public IReadOnlyList<KeyValuePair<string, Draft>> Members => members ?? [];

    public IReadOnlyList<Draft> Items => items ?? [];

    public void Set(JsonValue value) => (leaf, members, items) = (value, null, null);

    public Draft? Find(string name) => members?.Find(member => string.Equals(member.Key, name, StringComparison.Ordinal)).Value;

    public Draft Member(string name)
    {
        if (Find(name) is { } found) return found;
        var made = new Draft();
        leaf = null;
        (members ??= []).Add(KeyValuePair.Create(name, made));
        return made;
    }

    public Draft Append()
    {
        var made = new Draft();
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

    public bool Holds(JsonValue value) => Items.Any(item => item.Is(value)) || (leaf is { Kind: JsonKind.Array } list && list.Items.Contains(value));

    /// <summary>The document; members in the order of the schema, those it does not name after them. A list's item that nothing was written to is null.</summary>
    public JsonValue ToJson(Shape? shape)
    {
        if (leaf is { } value) return value;
        if (items is not null)
        {
            var item = (shape as ArrayShape)?.Item;
            return JsonValue.Of(items.Select(one => one.IsEmpty && item is ObjectShape ? JsonValue.EmptyObject : one.ToJson(item)));
        }

        if (members is null) return JsonValue.Null;
        return Ordered(members, shape as ObjectShape);
    }

    static JsonValue Ordered(List<KeyValuePair<string, Draft>> members, ObjectShape? shape)
    {
        var written = new List<(int Order, KeyValuePair<string, JsonValue> Member)>(members.Count);
        foreach (var (name, value) in members)
        {
            if (value.IsEmpty) continue;
            var order = OrderOf(shape, name);
            var at = written.Count;
            while (at > 0 && written[at - 1].Order > order) at--;
            written.Insert(at, (order, KeyValuePair.Create(name, value.ToJson(order == int.MaxValue ? shape?.Additional : shape!.Members[order].Shape))));
        }

        return JsonValue.OfDistinct([.. written.Select(member => member.Member)]);
    }

    static int OrderOf(ObjectShape? shape, string name)
    {
        for (var at = 0; at < (shape?.Members.Length ?? 0); at++)
        {
            if (string.Equals(shape!.Members[at].Name, name, StringComparison.Ordinal)) return at;
        }

        return int.MaxValue;
    }
}
