using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>The members of an element while it is read: what is repeated, or is a list by the schema, becomes an array in the place of the first.</summary>
sealed class XmlChildren
{
    readonly List<Slot> slots = [];
    Dictionary<string, Slot>? byName;

    public bool IsEmpty => slots.Count == 0;

    public int CountOf(string name) => Find(name)?.Values.Count ?? 0;

    public void Add(string name, JsonValue value, bool asList)
    {
        var slot = Find(name);
        if (slot is null)
        {
            slot = new Slot(name, asList);
            slots.Add(slot);
            (byName ??= new(StringComparer.Ordinal)).Add(name, slot);
        }

        slot.Values.Add(value);
    }

    public JsonValue ListOf(string name) => Find(name) is { } slot ? JsonValue.Of(slot.Values) : JsonValue.EmptyArray;

    public JsonValue ToValue() =>
        JsonValue.Of(slots.Select(slot => KeyValuePair.Create(slot.Name, slot.AsList || slot.Values.Count > 1 ? JsonValue.Of(slot.Values) : slot.Values[0])));

    Slot? Find(string name) => byName?.GetValueOrDefault(name);

    sealed record Slot(string Name, bool AsList)
    {
        public List<JsonValue> Values { get; } = [];
    }
}
