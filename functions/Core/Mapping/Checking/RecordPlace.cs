using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of documents of one shape, with those below it as far as a document had them: their names are made once, however many documents are looked through. Not thread-safe.</summary>
sealed class RecordPlace
{
    // So many are kept below one; then they begin anew.
    const int MaxBelow = 1_000;

    readonly Dictionary<string, RecordPlace> members = new(StringComparer.Ordinal);
    readonly List<RecordPlace> items = [];

    // How many the last document had: the next has about as many.
    int count;

    RecordPlace(string pointer, string key, Shape? shape) => (Pointer, Key, Shape) = (pointer, key, shape);

    /// <summary>The place.</summary>
    public string Pointer { get; }

    /// <summary>The same with <c>*</c> for every item of a list.</summary>
    public string Key { get; }

    /// <summary>What may stand there; null where the schema knows no such place.</summary>
    public Shape? Shape { get; }

    /// <summary>The place of whole documents.</summary>
    public static RecordPlace Root(Shape shape) => new("", "", shape);

    /// <summary>The places of a document that are changed alone, each before those in it.</summary>
    public List<RecordSite> Sites(JsonValue document)
    {
        var sites = new List<RecordSite>(count);
        Add(document, sites);
        count = sites.Count;
        return sites;
    }

    void Add(JsonValue value, List<RecordSite> sites)
    {
        switch (value.Kind)
        {
            case JsonKind.Object when Shape is ObjectShape:
                foreach (var (name, member) in value.Members) Member(name).Add(member, sites);
                break;
            case JsonKind.Array when Shape is ArrayShape:
                var there = value.ItemSpan;
                for (var at = 0; at < there.Length; at++)
                {
                    var isScalar = there[at].Kind is not (JsonKind.Object or JsonKind.Array);
                    var item = Item(at);
                    sites.Add(new RecordSite(item, isScalar ? RecordSiteKind.ListedValue : RecordSiteKind.Item, there[at]));
                    if (!isScalar) item.Add(there[at], sites);
                }

                break;
            case JsonKind.Object or JsonKind.Array or JsonKind.Null:
                break;
            default:
                if (Shape is not null) sites.Add(new RecordSite(this, RecordSiteKind.Value, value));
                break;
        }
    }

    RecordPlace Member(string name)
    {
        if (members.TryGetValue(name, out var known)) return known;
        if (members.Count >= MaxBelow) members.Clear();
        var segment = RouteStep.Member.SegmentOf(name);
        var pointer = Pointer + segment;
        return members[name] = new RecordPlace(pointer, ReferenceEquals(Key, Pointer) ? pointer : Key + segment, Shape?.At(name));
    }

    RecordPlace Item(int at)
    {
        if (at >= MaxBelow) return Made(at);
        while (items.Count <= at) items.Add(Made(items.Count));
        return items[at];
    }

    RecordPlace Made(int at) => new(Pointer + "/" + at.ToString(CultureInfo.InvariantCulture), Key + "/*", ((ArrayShape)Shape!).Item);
}
