using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of documents of one shape, with those below it as far as a document had them: their names are made once, however many documents are looked through. Not thread-safe.</summary>
sealed class RecordPlace
{
    // So many are kept below one; then they begin anew.
    const int MaxBelow = 1_000;

    readonly Dictionary<string, RecordPlace> below = new(StringComparer.Ordinal);
    readonly List<RecordPlace> inList = [];

    // Those of the last document: it is often looked through again, and the next has about as many.
    (JsonValue Document, List<RecordSite> Sites) last = (JsonValue.Null, []);

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
        if (document.IsVery(last.Document)) return last.Sites;
        var sites = new List<RecordSite>(last.Sites.Count);
        Add(document, sites);
        last = (document, sites);
        return sites;
    }

    void Add(JsonValue value, List<RecordSite> sites)
    {
        switch (value.Kind)
        {
            case JsonKind.Object when Shape is ObjectShape:
                var members = value.MemberList;
                for (var at = 0; at < members.Count; at++) Member(members[at].Key).Add(members[at].Value, sites);
                break;
            case JsonKind.Array when Shape is ArrayShape:
                var items = value.ItemSpan;
                for (var at = 0; at < items.Length; at++)
                {
                    var isScalar = items[at].Kind is not (JsonKind.Object or JsonKind.Array);
                    var item = Item(at);
                    sites.Add(new RecordSite(item, isScalar ? RecordSiteKind.ListedValue : RecordSiteKind.Item, items[at]));
                    if (!isScalar) item.Add(items[at], sites);
                }

                break;
            case JsonKind.Object or JsonKind.Array or JsonKind.Null:
                break;
            default:
                if (Shape is not null) sites.Add(new RecordSite(this, RecordSiteKind.Value, value));
                break;
        }
    }

    /// <summary>The place at a key below it.</summary>
    public RecordPlace At(string key) => key.Split('/').Skip(1).Aggregate(this, (place, segment) => segment == "*" ? place.Item(0) : place.Member(JsonPointer.Unescape(segment)));

    public RecordPlace Member(string name)
    {
        if (below.TryGetValue(name, out var known)) return known;
        if (below.Count >= MaxBelow) below.Clear();
        var segment = RouteStep.Member.SegmentOf(name);
        var pointer = Pointer + segment;
        return below[name] = new RecordPlace(pointer, ReferenceEquals(Key, Pointer) ? pointer : Key + segment, Shape?.At(name));
    }

    public RecordPlace Item(int at)
    {
        if (at >= MaxBelow) return Made(at);
        while (inList.Count <= at) inList.Add(Made(inList.Count));
        return inList[at];
    }

    RecordPlace Made(int at) => new(Pointer + "/" + at.ToString(CultureInfo.InvariantCulture), Key + "/*", ((ArrayShape)Shape!).Item);
}
