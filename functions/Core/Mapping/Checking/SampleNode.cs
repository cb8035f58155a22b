using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A sample document while it is put together. What nothing is put into stays the value it was, and is looked into only where something is put.</summary>
sealed class SampleNode
{
    JsonValue value;
    bool isOpen;
    List<KeyValuePair<string, SampleNode>>? members;
    List<SampleNode>? items;

    SampleNode(JsonValue value, bool isFiller) => (this.value, IsFiller) = (value, isFiller);

    /// <summary>The items, if it is a list.</summary>
    public List<SampleNode>? Items
    {
        get
        {
            Open();
            return items;
        }
    }

    /// <summary>Whether it is there only because the schema demands it, so that it may become what is wanted.</summary>
    public bool IsFiller { get; set; }

    public static SampleNode Of(JsonValue value) => new(value, isFiller: false);

    public static SampleNode Filler(JsonValue value) => new(value, isFiller: true);

    public void Set(JsonValue other) => (value, isOpen, members, items) = (other, false, null, null);

    public SampleNode Member(string name, Func<JsonValue> make)
    {
        Open();
        if (members?.Find(member => member.Key == name).Value is { } found) return found;
        var made = Filler(make());
        (members ??= []).Add(KeyValuePair.Create(name, made));
        return made;
    }

    public SampleNode Append(SampleNode item)
    {
        Open();
        (items ??= []).Add(item);
        return item;
    }

    public JsonValue ToJson()
    {
        if (!isOpen) return value;
        if (members is not null)
        {
            var made = members.ConvertAll(member => KeyValuePair.Create(member.Key, member.Value.ToJson())).ToArray();
            return value.OwnMembers is { } before && before.Has(made) ? value : JsonValue.OfDistinct(made);
        }

        if (items is null) return value;
        var parts = items.ConvertAll(item => item.ToJson()).ToArray();
        return value.Kind == JsonKind.Array && value.Count == parts.Length && parts.Index().All(one => one.Item.Is(value[one.Index])) ? value : JsonValue.Of(parts);
    }

    void Open()
    {
        if (isOpen) return;
        isOpen = true;
        if (value.Kind == JsonKind.Object) members = [.. value.Members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))];
        if (value.Kind == JsonKind.Array) items = [.. value.Items.Select(Filler)];
    }
}
