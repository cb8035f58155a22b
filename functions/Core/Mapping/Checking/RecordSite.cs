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
    public static IReadOnlyList<RecordSite> Of(JsonValue document, Shape shape)
    {
        var sites = new List<RecordSite>();
        Add(document, shape, "", "", sites);
        return sites;
    }

    static void Add(JsonValue value, Shape? shape, string pointer, string key, List<RecordSite> sites)
    {
        switch (value.Kind)
        {
            case JsonKind.Object when shape is ObjectShape known:
                foreach (var member in value.Members)
                {
                    var segment = RouteStep.Member.SegmentOf(member.Key);
                    var at = pointer + segment;
                    Add(member.Value, known.At(member.Key), at, ReferenceEquals(key, pointer) ? at : key + segment, sites);
                }

                break;
            case JsonKind.Array when shape is ArrayShape list:
                var items = value.ItemSpan;
                var every = key + "/*";
                for (var at = 0; at < items.Length; at++)
                {
                    var isScalar = items[at].Kind is not (JsonKind.Object or JsonKind.Array);
                    var own = $"{pointer}/{at}";
                    sites.Add(new RecordSite(own, every, isScalar ? RecordSiteKind.ListedValue : RecordSiteKind.Item, list.Item, items[at]));
                    if (!isScalar) Add(items[at], list.Item, own, every, sites);
                }

                break;
            case JsonKind.Object or JsonKind.Array or JsonKind.Null:
                break;
            default:
                if (shape is not null) sites.Add(new RecordSite(pointer, key, RecordSiteKind.Value, shape, value));
                break;
        }
    }
}
