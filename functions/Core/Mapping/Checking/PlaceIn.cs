using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A document, and where in it a place stands.</summary>
readonly record struct PlaceIn(JsonValue Document, string Pointer)
{
    /// <summary>The items that the place is in, the innermost first.</summary>
    public IEnumerable<ItemAround> Items()
    {
        var segments = Pointer.Split('/');
        for (var at = segments.Length - 1; at > 0; at--)
        {
            var list = string.Join('/', segments[..at]);
            if (JsonPointer.Find(Document, list) is { Kind: JsonKind.Array } items && int.TryParse(segments[at], NumberStyles.None, CultureInfo.InvariantCulture, out var own) && own < items.Count)
                yield return new ItemAround(list, items, own, string.Concat(segments[(at + 1)..].Select(segment => "/" + segment)));
        }
    }
}

/// <summary>An item of a list that a place is in.</summary>
/// <param name="List">Where the list stands.</param>
/// <param name="Items">The list.</param>
/// <param name="At">The position of the item.</param>
/// <param name="Rest">Where the place stands in the item.</param>
readonly record struct ItemAround(string List, JsonValue Items, int At, string Rest)
{
    public JsonValue Item => Items[At];

    /// <summary>Where the place stands in another item.</summary>
    public string PointerIn(int item) => string.Create(CultureInfo.InvariantCulture, $"{List}/{item}{Rest}");
}
