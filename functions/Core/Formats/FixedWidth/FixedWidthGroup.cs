using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>A record while its parts are still coming.</summary>
sealed class FixedWidthGroup(FixedWidthRecord kind, string path)
{
    readonly KeyValuePair<string, JsonValue>[] members = new KeyValuePair<string, JsonValue>[kind.Slots];
    readonly Dictionary<FixedWidthRecord, List<JsonValue>> lists = kind.Parts.Where(part => part.IsList).ToDictionary(part => part, _ => new List<JsonValue>());

    public FixedWidthRecord Kind => kind;

    /// <summary>The path from the outermost record.</summary>
    public string Path => path;

    /// <summary>The part that came last; -1 before the first.</summary>
    public int LastPart { get; private set; } = -1;

    public void Set(FixedWidthColumn column, JsonValue value) => members[column.Slot] = KeyValuePair.Create(column.Member, value);

    /// <summary>Where a part of this kind goes; parts come in their order.</summary>
    public string Place(FixedWidthRecord part)
    {
        LastPart = part.Order;
        var name = $"{path}/{JsonPointer.Escape(part.Member)}";
        return part.IsList ? $"{name}/{lists[part].Count.ToString(CultureInfo.InvariantCulture)}" : name;
    }

    public void Add(FixedWidthGroup part)
    {
        if (part.Kind.IsList) lists[part.Kind].Add(part.ToValue());
        else members[part.Kind.Slot] = KeyValuePair.Create(part.Kind.Member, part.ToValue());
    }

    /// <summary>The record: what is absent is left out, but a list is there even if it is empty.</summary>
    public JsonValue ToValue()
    {
        foreach (var (part, items) in lists) members[part.Slot] = KeyValuePair.Create(part.Member, JsonValue.Of(items));
        return JsonValue.OfDistinct(Array.FindAll(members, member => member.Key is not null));
    }
}
