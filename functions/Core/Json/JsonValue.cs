using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Interop.Core.Json;

/// <summary>An immutable JSON value: the one value type of the core. <c>default</c> is null.</summary>
/// <remarks>
/// A value made by <see cref="From(JsonElement)"/> reads the parsed document where it stands and copies nothing until a member is asked for.
/// Equality is by value: members in any order, numbers by their double.
/// </remarks>
public readonly partial struct JsonValue : IEquatable<JsonValue>
{
    static readonly object TrueNode = true;
    static readonly object FalseNode = false;
    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };
    static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    // One of: null, TrueNode, FalseNode, string, NumberNode, JsonValue[], SharedList, JsonMembers, JsonElement (array or object, unread).
    readonly object? node;

    // A number's value, in place: arithmetic makes no objects.
    readonly double number;

    JsonValue(object? node, double number = 0) => (this.node, this.number) = (node, number);

    /// <summary>null</summary>
    public static JsonValue Null => default;

    /// <summary>true</summary>
    public static JsonValue True => new(TrueNode);

    /// <summary>false</summary>
    public static JsonValue False => new(FalseNode);

    /// <summary>The empty array.</summary>
    public static JsonValue EmptyArray { get; } = new(System.Array.Empty<JsonValue>());

    /// <summary>The empty object.</summary>
    public static JsonValue EmptyObject { get; } = new(JsonMembers.Empty);

    /// <summary>The kind of this value.</summary>
    public JsonKind Kind => node switch
    {
        null => JsonKind.Null,
        string => JsonKind.String,
        NumberNode => JsonKind.Number,
        JsonMembers => JsonKind.Object,
        JsonValue[] or SharedList<JsonValue> => JsonKind.Array,
        bool => JsonKind.Boolean,
        JsonElement element => element.ValueKind == JsonValueKind.Array ? JsonKind.Array : JsonKind.Object,
        _ => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
    };

    /// <summary>Whether this is null.</summary>
    public bool IsNull => node is null;

    /// <summary>A boolean.</summary>
    public static JsonValue Of(bool value) => value ? True : False;

    /// <summary>A string; null gives null.</summary>
    public static JsonValue Of(string? value) => new(value);

    /// <summary>A number.</summary>
    public static JsonValue Of(double value) => new(NumberNode.Calculated, value);

    /// <summary>A number that keeps its literal where a double cannot hold it.</summary>
    /// <exception cref="FormatException">The text is no JSON number.</exception>
    public static JsonValue OfNumber(string literal) => OfNumber(Encoding.UTF8.GetBytes(literal));

    /// <summary>An array; the caller gives the array away.</summary>
    public static JsonValue Of(params JsonValue[] items) => new(items);

    /// <summary>An array.</summary>
    public static JsonValue Of(IEnumerable<JsonValue> items) => new(items.ToArray());

    /// <summary>An object with members in the given order; of two with one name the last counts, in the place of the first.</summary>
    public static JsonValue Of(IEnumerable<KeyValuePair<string, JsonValue>> members) => new(JsonMembers.Of(members.ToArray()));

    /// <summary>An object with members in the given order.</summary>
    public static JsonValue Of(params (string Name, JsonValue Value)[] members) =>
        new(JsonMembers.Of(System.Array.ConvertAll(members, member => KeyValuePair.Create(member.Name, member.Value))));

    /// <summary>A view on a parsed element; its document must outlive this value.</summary>
    public static JsonValue From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Null,
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.String => new(element.GetString()),
        JsonValueKind.Number => OfNumber(JsonMarshal.GetRawUtf8Value(element)),
        _ => new(element),
    };

    /// <summary>Makes a string a value.</summary>
    public static implicit operator JsonValue(string? value) => Of(value);

    /// <summary>Makes a number a value.</summary>
    public static implicit operator JsonValue(double value) => Of(value);

    /// <summary>Makes a boolean a value.</summary>
    public static implicit operator JsonValue(bool value) => Of(value);

    /// <summary>The boolean; throws for another kind.</summary>
    public bool AsBoolean() => node is bool ? ReferenceEquals(node, TrueNode) : throw Not(JsonKind.Boolean);

    /// <summary>The string; throws for another kind.</summary>
    public string AsString() => node as string ?? throw Not(JsonKind.String);

    /// <summary>The number, rounded to a double; throws for another kind.</summary>
    public double AsNumber() => node is NumberNode ? number : throw Not(JsonKind.Number);

    /// <summary>The string, or null if this is of another kind.</summary>
    public string? StringOrNull => node as string;

    /// <summary>The literal of a number as it was written where a double cannot hold it, else the shortest text that reads back the same.</summary>
    public string NumberText => node is NumberNode known ? known.Literal ?? NumberNode.Shortest(number) : throw Not(JsonKind.Number);

    /// <summary>The number of items or members; 0 for null; throws for other kinds.</summary>
    public int Count => node switch
    {
        null => 0,
        JsonValue[] items => items.Length,
        SharedList<JsonValue> items => items.Count,
        JsonMembers members => members.Count,
        JsonElement { ValueKind: JsonValueKind.Array } element => element.GetArrayLength(),
        JsonElement element => element.GetPropertyCount(),
        _ => throw Not(JsonKind.Array),
    };

    /// <summary>The items of an array in order; none for null; throws for other kinds.</summary>
    public IReadOnlyList<JsonValue> Items => node switch
    {
        null => [],
        JsonValue[] items => items,
        SharedList<JsonValue> items => items,
        JsonElement { ValueKind: JsonValueKind.Array } element => [.. element.EnumerateArray().Select(From)],
        _ => throw Not(JsonKind.Array),
    };

    /// <summary>The members of an object in order; none for null; throws for other kinds.</summary>
    public IEnumerable<KeyValuePair<string, JsonValue>> Members => node switch
    {
        null => [],
        JsonMembers members => members,
        JsonElement { ValueKind: JsonValueKind.Object } element => element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, From(p.Value))),
        _ => throw Not(JsonKind.Object),
    };

    /// <summary>The member of that name; null if there is none or this is not an object.</summary>
    public JsonValue this[string name] => TryGet(name, out var value) ? value : Null;

    /// <summary>The item at an index from 0; null if there is none or this is not an array.</summary>
    public JsonValue this[int index] => node switch
    {
        JsonValue[] items when index >= 0 && index < items.Length => items[index],
        SharedList<JsonValue> items when index >= 0 && index < items.Count => items[index],
        JsonElement { ValueKind: JsonValueKind.Array } element when index >= 0 && index < element.GetArrayLength() => From(element[index]),
        _ => Null,
    };

    /// <summary>Whether this is an object with a member of that name, and its value.</summary>
    public bool TryGet(string name, out JsonValue value)
    {
        switch (node)
        {
            case JsonMembers members:
                return members.TryGet(name, out value);
            case JsonElement { ValueKind: JsonValueKind.Object } element when element.TryGetProperty(name, out var found):
                value = From(found);
                return true;
            default:
                value = Null;
                return false;
        }
    }

    /// <summary>This object (or null) with the member set; its place is kept if it was there.</summary>
    public JsonValue With(string name, JsonValue value) => new(MembersOrNone().With(name, value));

    /// <summary>This object (or null) without the member.</summary>
    public JsonValue Without(string name) => new(MembersOrNone().Without(name));

    /// <summary>This array (or null) with one item more at the end.</summary>
    public JsonValue Plus(JsonValue item)
    {
        var items = Items;
        return items.Count <= JsonMembers.CopiedUpTo ? new((JsonValue[])[.. items, item]) : new(AsShared(items).Plus(item));
    }

    /// <summary>Compact JSON text; members in their order.</summary>
    public override string ToString() => node switch
    {
        string text when IsPlain(text) => $"\"{text}\"",
        null => "null",
        bool => ReferenceEquals(node, TrueNode) ? "true" : "false",
        _ => Encoding.UTF8.GetString(ToUtf8()),
    };

    // Written as it stands: nothing in it is escaped.
    static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.AsSpan().ContainsAny('"', '\\');

    /// <summary>JSON text with two-space indents and LF.</summary>
    public string ToIndentedString() => Encoding.UTF8.GetString(Write(Indented));

    /// <summary>Compact JSON in UTF-8; members in their order.</summary>
    public byte[] ToUtf8() => Write(Compact);

    /// <summary>Writes this value.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (node)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case NumberNode: writer.WriteRawValue(NumberText, skipInputValidation: true); break;
            case JsonElement element: element.WriteTo(writer); break;
            case JsonValue[] or SharedList<JsonValue>:
                writer.WriteStartArray();
                foreach (var item in Items) item.WriteTo(writer);
                writer.WriteEndArray();
                break;
            case JsonMembers members:
                writer.WriteStartObject();
                foreach (var (name, value) in members)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <inheritdoc/>
    public bool Equals(JsonValue other)
    {
        if (node is NumberNode) return other.node is NumberNode && number.Equals(other.number);
        if (ReferenceEquals(node, other.node)) return true;
        return (node, other.node) switch
        {
            (null or bool, _) or (_, null or bool) => false,
            (string text, var there) => there is string known && string.Equals(text, known, StringComparison.Ordinal),
            (JsonMembers members, JsonMembers others) => members.Equals(others),
            (JsonValue[] items, JsonValue[] others) => items.AsSpan().SequenceEqual(others),
            _ when Kind != other.Kind => false,
            _ when Kind == JsonKind.Array => Items.SequenceEqual(other.Items),
            _ => MembersOrNone().Equals(other.MembersOrNone()),
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    /// <summary>By the whole value: a stranger must not be able to choose a million values that share one.</summary>
    public override int GetHashCode()
    {
        switch (node)
        {
            case null: return 0;
            case string text: return text.GetHashCode(StringComparison.Ordinal);
            case NumberNode: return number.GetHashCode();
            case bool flag: return flag.GetHashCode();
            case JsonMembers members: return members.GetHashCode();
            case JsonElement { ValueKind: JsonValueKind.Object }: return MembersOrNone().GetHashCode();
        }

        var hash = 17;
        foreach (var item in ItemSpan) hash = HashCode.Combine(hash, item);
        return hash;
    }

    /// <summary>Equality by value.</summary>
    public static bool operator ==(JsonValue left, JsonValue right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(JsonValue left, JsonValue right) => !left.Equals(right);

    byte[] Write(JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options)) WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    JsonMembers MembersOrNone() => node switch
    {
        null => JsonMembers.Empty,
        JsonMembers members => members,
        _ => JsonMembers.Of(Members.ToArray()),
    };

    InvalidOperationException Not(JsonKind wanted) => new($"A value of kind {Kind} was read as {wanted}.");
}
