using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

enum RecordSiteKind
{
    /// <summary>A single value.</summary>
    Value,

    /// <summary>An item of a list that has parts.</summary>
    Item,

    /// <summary>A single value that is an item of a list.</summary>
    ListedValue,
}

/// <summary>A place in a whole document that is changed alone.</summary>
/// <param name="Pointer">The place.</param>
/// <param name="Key">The same with <c>*</c> for every item of a list.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Shape">What may stand there.</param>
/// <param name="Value">What stands there.</param>
sealed record RecordSite(string Pointer, string Key, RecordSiteKind Kind, Shape Shape, JsonValue Value)
{
    /// <summary>Its path, as a field would name it; an item's is that of its list.</summary>
    public string Path => SampleBase.PathOf(Pointer);

    /// <summary>The places of a document, each before those in it.</summary>
    public static IEnumerable<RecordSite> Of(JsonValue document, Shape shape) => Of(document, shape, "", "");

    static IEnumerable<RecordSite> Of(JsonValue value, Shape? shape, string pointer, string key)
    {
        switch (value.Kind)
        {
            case JsonKind.Object when shape is ObjectShape known:
                foreach (var member in value.Members)
                {
                    var segment = RouteStep.Member.SegmentOf(member.Key);
                    foreach (var site in Of(member.Value, known.At(member.Key), pointer + segment, key + segment)) yield return site;
                }

                break;
            case JsonKind.Array when shape is ArrayShape list:
                for (var at = 0; at < value.Count; at++)
                {
                    var isScalar = value[at].Kind is not (JsonKind.Object or JsonKind.Array);
                    yield return new RecordSite($"{pointer}/{at}", key + "/*", isScalar ? RecordSiteKind.ListedValue : RecordSiteKind.Item, list.Item, value[at]);
                    if (isScalar) continue;
                    foreach (var site in Of(value[at], list.Item, $"{pointer}/{at}", key + "/*")) yield return site;
                }

                break;
            case JsonKind.Object or JsonKind.Array or JsonKind.Null:
                break;
            default:
                if (shape is not null) yield return new RecordSite(pointer, key, RecordSiteKind.Value, shape, value);
                break;
        }
    }
}
