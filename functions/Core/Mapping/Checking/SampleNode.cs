using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A sample document while it is put together.</summary>
sealed class SampleNode
{
    JsonValue leaf;

    /// <summary>The members, if it is an object.</summary>
    public List<KeyValuePair<string, SampleNode>>? Members { get; private set; }

    /// <summary>The items, if it is a list.</summary>
    public List<SampleNode>? Items { get; private set; }

    /// <summary>Whether it is there only because the schema demands it, so that it may become what is wanted.</summary>
    public bool IsFiller { get; set; }

    public static SampleNode Of(JsonValue value)
    {
        var node = new SampleNode();
        node.Set(value);
        return node;
    }

    public void Set(JsonValue value)
    {
        (leaf, Members, Items) = (value, null, null);
        if (value.Kind == JsonKind.Object) Members = [.. value.Members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))];
        if (value.Kind == JsonKind.Array) Items = [.. value.Items.Select(item => Filler(item))];
    }

    public static SampleNode Filler(JsonValue value)
    {
        var node = Of(value);
        node.IsFiller = true;
        return node;
    }

    public SampleNode? Find(string name) => Members?.Find(member => member.Key == name).Value;

    public SampleNode Member(string name, Func<JsonValue> make)
    {
        if (Find(name) is { } found) return found;
        var made = Filler(make());
        Members ??= [];
        Members.Add(KeyValuePair.Create(name, made));
        return made;
    }

    public SampleNode Append(SampleNode item)
    {
        Items ??= [];
        Items.Add(item);
        return item;
    }

    public JsonValue ToJson() =>
        Members is not null ? JsonValue.Of(Members.Select(member => KeyValuePair.Create(member.Key, member.Value.ToJson()))) : Items is not null ? JsonValue.Of(Items.Select(item => item.ToJson())) : leaf;
}
