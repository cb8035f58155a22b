using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

static class ObjectKeywords
{
    // So many places are kept on the stack.
    const int MaxPlaced = 128;

    public static void Properties(KeywordSite site)
    {
        var properties = site.Entries().Select(entry => KeyValuePair.Create(entry.Name, site.Subschema(entry.Value))).ToImmutableArray();
        site.Node.Properties.AddRange(properties);
        var places = new Dictionary<string, int>(properties.Length, StringComparer.Ordinal);
        for (var at = 0; at < properties.Length; at++) places[properties[at].Key] = at;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.OwnMembers is { } members && properties.Length <= MaxPlaced) Properties(visit, members, properties, places);
            else if (value.Kind == JsonKind.Object)
                foreach (var (name, schema) in properties)
                    if (value.TryGet(name, out var member)) visit.Into(name, schema, member);
        });
    }

    // By what is there: of all that may be there, most is not. Problems are told in the schema's order all the same.
    static void Properties(Visit visit, JsonMembers members, ImmutableArray<KeyValuePair<string, SchemaNode>> properties, Dictionary<string, int> places)
    {
        Span<int> found = stackalloc int[properties.Length];
        found.Clear();
        var changes = visit.Changes;
        for (var at = 0; at < members.Count; at++)
            if (changes.Has(at) && places.TryGetValue(members[at].Key, out var place)) found[place] = at + 1;
        for (var place = 0; place < found.Length; place++)
            if (found[place] > 0) visit.Into(properties[place].Key, properties[place].Value, members[found[place] - 1].Value);
    }

    public static void Required(KeywordSite site)
    {
        var names = site.Texts();
        site.Node.Required.AddRange(names);
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Object || !visit.Changes.Lacks) return;
            foreach (var name in names)
                if (!value.TryGet(name, out _)) visit.ReportMissing(name, "required", SchemaMessages.Missing(name));
        });
    }

    public static void Additional(KeywordSite site)
    {
        var known = (site.Beside("properties")?.Value as SourceMap)?.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        ImmutableArray<(SchemaPattern Name, SchemaNode Schema)> patterns = site.Beside("patternProperties") is { } beside ? Patterns(beside, report: false) : [];
        var schema = site.Subschema();
        var closed = schema.Types == JsonTypes.None;
        site.Node.Closed = closed;
        site.Node.Additional = closed ? null : schema;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Object) return;
            var (members, changes) = (value.MemberList, visit.Changes);
            for (var at = 0; at < members.Count && !visit.Enough; at++)
            {
                if (!changes.Has(at) || members[at] is var (name, member) && (known.Contains(name) || Match(patterns, name))) continue;
                if (closed) Unknown(visit, members[at].Key, known, members[at].Value);
                else visit.Into(members[at].Key, schema, members[at].Value);
            }
        });
    }

    static bool Match(ImmutableArray<(SchemaPattern Name, SchemaNode Schema)> patterns, string name)
    {
        foreach (var pattern in patterns)
            if (pattern.Name.Matches(name)) return true;
        return false;
    }

    public static void ByPattern(KeywordSite site)
    {
        _ = site.Entries();
        var patterns = Patterns(site, report: true);
        site.Node.ByPattern.AddRange(patterns.Select(pattern => pattern.Schema));
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Object) return;
            foreach (var (name, member) in value.Members)
            {
                if (visit.Enough) return;
                foreach (var pattern in patterns)
                    if (pattern.Name.Matches(name)) visit.Into(name, pattern.Schema, member);
            }
        });
    }

    public static void DependentRequired(KeywordSite site)
    {
        var dependents = site.Entries().SelectMany(entry => (site with { Entry = entry }).Texts().Select(name => (Beside: entry.Name, Name: name))).ToImmutableArray();
        site.Node.Dependents.AddRange(dependents);
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind != JsonKind.Object || visit.Changes.SameNames) return;
            foreach (var (beside, name) in dependents)
                if (value.TryGet(beside, out _) && !value.TryGet(name, out _)) visit.ReportMissing(name, "dependent-required", SchemaMessages.MissingBeside(name, beside));
        });
    }

    public static void MinProperties(KeywordSite site)
    {
        if (site.Count() is not { } least) return;
        site.Node.CountsMembers = true;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Object && value.Count < least) visit.Report("min-properties", found => SchemaMessages.TooFewMembers(least, found.Count), value);
        });
    }

    public static void MaxProperties(KeywordSite site)
    {
        if (site.Count() is not { } most) return;
        site.Node.CountsMembers = true;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Object && value.Count > most) visit.Report("max-properties", found => SchemaMessages.TooManyMembers(most, found.Count), value);
        });
    }

    static void Unknown(Visit visit, string name, HashSet<string> known, JsonValue member)
    {
        visit.Enter(name);
        visit.Report("additional-property", _ => SchemaMessages.UnknownMember(name, known), member);
        visit.Leave();
    }

    static ImmutableArray<(SchemaPattern Name, SchemaNode Schema)> Patterns(KeywordSite site, bool report)
    {
        var patterns = ImmutableArray.CreateBuilder<(SchemaPattern, SchemaNode)>();
        foreach (var entry in (site.Value as SourceMap)?.Entries ?? [])
        {
            var pattern = report ? ScalarKeywords.CompilePattern(site, entry.Name, entry.Place) : SchemaPattern.Compile(entry.Name, out _);
            if (pattern is not null) patterns.Add((pattern, site.Subschema(entry.Value)));
        }

        return patterns.ToImmutable();
    }
}
