using System.Runtime.InteropServices;
using System.Text.Json;

namespace Interop.Core.Json;

public readonly partial struct JsonValue
{
    /// <summary>Whether a number keeps its literal because a double's text differs from it.</summary>
    internal bool KeepsLiteral => node is NumberNode { Literal: not null };

    internal bool IsNumber => node is NumberNode;

    /// <summary>Whether a number was written in a text, not calculated.</summary>
    internal bool IsWritten => node is NumberNode number && number != NumberNode.Calculated;

    /// <summary>Whether this is a parsed document's element, whose nesting its parser has limited.</summary>
    internal bool IsUnread => node is JsonElement;

    /// <summary>Neither null nor false.</summary>
    internal bool IsTruthy => node is not null && !ReferenceEquals(node, FalseNode);

    /// <summary>How long a string, array or object is; 0 for what is not long.</summary>
    internal int Extent => node switch
    {
        string text => text.Length,
        JsonValue[] items => items.Length,
        null or bool or NumberNode => 0,
        _ => Count,
    };

    /// <summary>How long the text of a string, an exact number or a parsed document's element is; 0 for others.</summary>
    internal int TextLength => node switch
    {
        string text => text.Length,
        NumberNode number => number.Literal?.Length ?? 0,
        JsonElement element => JsonMarshal.GetRawUtf8Value(element).Length,
        _ => 0,
    };

    /// <summary>Whether this is a long array or object that shares the rest with the one it was made from.</summary>
    internal bool IsShared => node is SharedList<JsonValue> or JsonMembers { IsShared: true };

    /// <summary>Roughly the bytes a copy with one change takes: that of a long one shares the rest with this.</summary>
    internal long ChangeBytes => node switch
    {
        _ when IsShared => 1_500,
        JsonValue[] items => (16L * items.Length) + 48,
        JsonMembers members => (24L * members.Count) + 80,
        JsonElement element => (element.ValueKind == JsonValueKind.Array ? 48L * element.GetArrayLength() : 100L * element.GetPropertyCount()) + 80,
        _ => 80,
    };

    /// <summary>A number a parsed document or a program holds; the fast way for what most are.</summary>
    internal static JsonValue OfNumber(ReadOnlySpan<byte> utf8) => NumberNode.TryShort(utf8, out var value) ? new(NumberNode.Written, value) : NumberNode.Parse(utf8);

    /// <summary>A number as if its double's shortest text had been read.</summary>
    internal static JsonValue Written(double value) => new(NumberNode.Written, value);

    /// <summary>An object of members whose names are known to differ; the caller gives the array away.</summary>
    internal static JsonValue OfDistinct(KeyValuePair<string, JsonValue>[] members) => new(JsonMembers.OfDistinct(members));

    /// <summary>Whether both are one and the same value in memory, or equal booleans or numbers; never looks into arrays and objects.</summary>
    internal bool IsSame(JsonValue other) => ReferenceEquals(node, other.node)
        ? node is not NumberNode || number.Equals(other.number)
        : node is NumberNode && other.node is NumberNode && number.Equals(other.number);

    /// <summary>Whether both are one and the same element of a parsed document.</summary>
    internal bool IsSameElement(JsonValue other) =>
        node is JsonElement mine && other.node is JsonElement theirs && JsonMarshal.GetRawUtf8Value(mine) == JsonMarshal.GetRawUtf8Value(theirs);

    /// <summary>This array or object with its own items or members read; what is inside them is not.</summary>
    internal JsonValue Read() => node is not JsonElement element ? this : element.ValueKind == JsonValueKind.Array ? Of(Items) : Of(Members);

    /// <summary>The items or members one by one; the value must be an array or an object.</summary>
    internal JsonWalk Walk() => node switch
    {
        JsonMembers members => new JsonWalk.OfMembers(members),
        JsonElement { ValueKind: JsonValueKind.Array } element => new JsonWalk.OfElementItems(element),
        JsonElement element => new JsonWalk.OfElementMembers(element),
        _ => new JsonWalk.OfItems(Items),
    };

    /// <summary>The member of the member ... of this; null where there is none. False where something on the way is neither object nor null.</summary>
    /// <param name="names">The names.</param>
    /// <param name="value">The member.</param>
    /// <param name="looked">How many members of a parsed document had to be looked at: its objects are searched one by one.</param>
    internal bool TryMember(JsonName[] names, out JsonValue value, out int looked)
    {
        looked = 0;
        if (node is JsonElement element) return TryMember(element, names, out value, out looked);
        value = this;
        for (var i = 0; i < names.Length; i++)
        {
            if (value.node is JsonMembers members) members.TryGet(names[i].Text, out value);
            else if (value.node is JsonElement inner) return TryMember(inner, names.AsSpan(i), out value, out looked);
            else return value.IsNull;
        }

        return true;
    }

    static bool TryMember(JsonElement element, ReadOnlySpan<JsonName> names, out JsonValue value, out int looked)
    {
        (value, looked) = (Null, 0);
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object) return element.ValueKind == JsonValueKind.Null;
            looked += element.GetPropertyCount();
            if (!element.TryGetProperty(name.Utf8, out element)) return true;
        }

        value = From(element);
        return true;
    }

    /// <summary>The members, if this is an object that was made here or read already.</summary>
    internal JsonMembers? OwnMembers => node as JsonMembers;

    /// <summary>The members of an object by their number, for a loop; none for null.</summary>
    internal JsonMembers MemberList => OwnMembers ?? JsonMembers.OfDistinct([.. Members]);

    /// <summary>As <see cref="TryGet(string, out JsonValue)"/>, of a name that stands in a longer text.</summary>
    internal bool TryGet(ReadOnlySpan<char> name, out JsonValue value)
    {
        if (node is not JsonMembers members) return TryGet(name.ToString(), out value);
        var at = members.IndexOf(name);
        value = at < 0 ? Null : members[at].Value;
        return at >= 0;
    }

    /// <summary>As <see cref="With"/>, of a member that is there.</summary>
    internal JsonValue WithMember(ReadOnlySpan<char> name, JsonValue value) =>
        node is JsonMembers members && members.IndexOf(name) is >= 0 and var at ? new(members.WithAt(at, value)) : With(name.ToString(), value);

    /// <summary>The items of an array in order, for a loop; none for null.</summary>
    internal ReadOnlySpan<JsonValue> ItemSpan => node as JsonValue[] ?? [.. Items];

    /// <summary>Whether both are one and the same array, object or text, or alike without parts.</summary>
    internal bool Is(JsonValue other) => ReferenceEquals(node, other.node) ? number.Equals(other.number) : node is not (JsonMembers or JsonValue[] or SharedList<JsonValue>) && Equals(other);

    /// <summary>Whether both are one and the same array, object, number or flag, or equal texts.</summary>
    internal bool IsVery(JsonValue other) => ReferenceEquals(node, other.node) ? number.Equals(other.number) : node is string text && other.node is string known && string.Equals(text, known, StringComparison.Ordinal);

    /// <summary>This array (or null) with the item set; what is missing before it becomes null.</summary>
    internal JsonValue WithItem(int at, JsonValue value)
    {
        var items = Items;
        if (at < items.Count && items.Count > JsonMembers.CopiedUpTo) return new(AsShared(items).With(at, value));
        if (at == items.Count) return Plus(value);
        var copy = new JsonValue[Math.Max(items.Count, at + 1)];
        ItemSpan.CopyTo(copy);
        copy[at] = value;
        return new(copy);
    }

    /// <summary>This array (or null) with the other's items after its own.</summary>
    internal JsonValue Concat(JsonValue other)
    {
        IReadOnlyList<JsonValue> mine = Items, theirs = other.Items;
        if (mine.Count <= JsonMembers.CopiedUpTo || theirs.Count > mine.Count / 8) return new((JsonValue[])[.. mine, .. theirs]);
        var list = AsShared(mine);
        foreach (var item in theirs) list = list.Plus(item);
        return new(list);
    }

    static SharedList<JsonValue> AsShared(IReadOnlyList<JsonValue> items) => items as SharedList<JsonValue> ?? SharedList<JsonValue>.Of(items as JsonValue[] ?? [.. items]);
}
