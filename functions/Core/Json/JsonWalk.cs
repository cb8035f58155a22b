using System.Text.Json;

namespace Interop.Core.Json;

/// <summary>Goes through the items of an array or the members of an object one by one, reading a parsed document where it stands.</summary>
abstract class JsonWalk(int count)
{
    /// <summary>Whether <see cref="Next"/> may be called.</summary>
    public bool HasMore => At + 1 < count;

    /// <summary>The item's index or the member's name.</summary>
    public abstract JsonValue Key { get; }

    protected int At { get; private set; } = -1;

    /// <summary>The next item or member's value.</summary>
    public JsonValue Next()
    {
        At++;
        return Step();
    }

    protected abstract JsonValue Step();

    public sealed class OfItems(IReadOnlyList<JsonValue> items) : JsonWalk(items.Count)
    {
        readonly JsonValue[]? array = items as JsonValue[];

        public override JsonValue Key => At;

        protected override JsonValue Step() => array is null ? items[At] : array[At];
    }

    public sealed class OfMembers(JsonMembers members) : JsonWalk(members.Count)
    {
        public override JsonValue Key => members[At].Key;

        protected override JsonValue Step() => members[At].Value;
    }

    public sealed class OfElementItems(JsonElement array) : JsonWalk(array.GetArrayLength())
    {
        JsonElement.ArrayEnumerator items = array.EnumerateArray();

        public override JsonValue Key => At;

        protected override JsonValue Step()
        {
            items.MoveNext();
            return JsonValue.From(items.Current);
        }
    }

    public sealed class OfElementMembers(JsonElement @object) : JsonWalk(@object.GetPropertyCount())
    {
        JsonElement.ObjectEnumerator members = @object.EnumerateObject();

        public override JsonValue Key => members.Current.Name;

        protected override JsonValue Step()
        {
            members.MoveNext();
            return JsonValue.From(members.Current.Value);
        }
    }
}
