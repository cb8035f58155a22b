using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

static class ArrayKeywords
{
    public static void Items(KeywordSite site)
    {
        var positions = (site.Beside("prefixItems")?.Value as SourceList)?.Items.Length ?? 0;
        var schema = site.Subschema();
        site.Node.Items = schema;
        site.Node.Checks.Add((visit, value) => Each(visit, value, positions, schema));
    }

    public static void Positions(KeywordSite site)
    {
        var schemas = site.Subschemas();
        site.Node.HasPositions = true;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Array) return;
            foreach (var (index, (schema, item)) in schemas.Zip(value.Items).Index()) visit.Into(index, schema, item);
        });
    }

    public static void Contains(KeywordSite site)
    {
        var (wanted, most) = (site.Subschema(), site.Beside("maxContains")?.Count());
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Array) return;
            var count = 0;
            foreach (var (index, item) in value.Items.Index())
            {
                visit.Enter(index);
                if (visit.Enough || visit.Try(wanted, item) is null) count++;
                visit.Leave();
                if (count > 0 && (most is null || visit.Enough)) return;
            }

            if (count == 0) visit.Report("contains", _ => SchemaMessages.NotContained, value);
            else if (count > most) visit.Report("max-contains", _ => SchemaMessages.ContainedTooOften(most.Value, count), value);
        });
    }

    // What it means is read by "contains".
    public static void MaxContains(KeywordSite site)
    {
        if (site.Beside("contains") is null) site.Refuse(site.Entry.Place, "unused", "\"maxContains\" means nothing without \"contains\". Add \"contains\" or leave it out.");
    }

    public static void MinItems(KeywordSite site)
    {
        if (site.Count() is not { } least) return;
        site.Node.MinItems = least;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Array && value.Count < least) visit.Report("min-items", found => SchemaMessages.TooFew(least, found.Count), value);
        });
    }

    public static void MaxItems(KeywordSite site)
    {
        if (site.Count() is not { } most) return;
        site.Node.MaxItems = most;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Array && value.Count > most) visit.Report("max-items", found => SchemaMessages.TooMany(most, found.Count), value);
        });
    }

    public static void Unique(KeywordSite site)
    {
        if (!site.Flag()) return;
        site.Node.Unique = true;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Array || value.Count < 2) return;
            var seen = new HashSet<JsonValue>(value.Count);
            foreach (var (index, item) in value.Items.Index())
            {
                if (seen.Add(item)) continue;
                visit.Enter(index);
                visit.Report("unique-items", _ => SchemaMessages.NotUnique, item);
                visit.Leave();
                return;
            }
        });
    }

    static void Each(Visit visit, JsonValue value, int from, SchemaNode schema)
    {
        if (value.Kind != JsonKind.Array) return;
        var items = value.ItemSpan;
        for (var index = from; index < items.Length && !visit.Enough; index++) visit.Into(index, schema, items[index]);
    }
}
