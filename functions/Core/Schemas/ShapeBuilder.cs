using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>Makes a <see cref="Shape"/> of compiled schemas that all describe one value.</summary>
static class ShapeBuilder
{
    public static Shape Build(params ImmutableArray<SchemaNode> schemas)
    {
        var always = new List<SchemaNode>();
        var sometimes = new List<SchemaNode>();
        foreach (var schema in schemas) Collect(schema, always, sometimes);

        var place = schemas[0].Place;
        var (title, description) = (First(always, node => node.Title), First(always, node => node.Description));
        var hints = new ShapeHints(First(always, node => node.Xml), First(always, node => node.Csv), First(always, node => node.FixedWidth), First(always, node => node.Column), First(always, node => node.Record));
        var types = TypesOf(always, sometimes);
        return (types & ~JsonTypes.Null) switch
        {
            JsonTypes.Object => Object(place, types, title, description, hints, always, sometimes),
            JsonTypes.Array => Array(place, types, title, description, hints, always, sometimes),
            var rest when (rest & ~JsonTypes.Scalars) == JsonTypes.None => Scalar(place, types, title, description, hints, always),
            _ => new AnyShape(place, types, title, description, hints),
        };
    }

    static void Collect(SchemaNode node, List<SchemaNode> always, List<SchemaNode> sometimes)
    {
        if (always.Contains(node)) return;
        always.Add(node);
        foreach (var part in node.Always) Collect(part, always, sometimes);
        foreach (var part in node.Sometimes) CollectPossible(part, sometimes);
    }

    static void CollectPossible(SchemaNode node, List<SchemaNode> sometimes)
    {
        if (sometimes.Contains(node)) return;
        sometimes.Add(node);
        foreach (var part in node.Always.Concat(node.Sometimes)) CollectPossible(part, sometimes);
    }

    // Where no type is stated, the keywords tell which kind of value the author had in mind.
    static JsonTypes TypesOf(List<SchemaNode> always, List<SchemaNode> sometimes)
    {
        var stated = always.Where(node => node.Types is not null).Aggregate(JsonTypes.Any, (types, node) => types & node.Types!.Value);
        if (stated != JsonTypes.Any) return stated;
        var meant = always.Aggregate(JsonTypes.None, (types, node) => types | Meant(node));
        if (meant != JsonTypes.None) return meant;
        var possible = sometimes.Aggregate(JsonTypes.None, (types, node) => types | (node.Types ?? Meant(node)));
        return possible == JsonTypes.None ? JsonTypes.Any : possible;
    }

    static JsonTypes Meant(SchemaNode node)
    {
        var types = node.Allowed.Aggregate(JsonTypes.None, (all, value) => all | JsonTypeOf.Value(value));
        if (node.Properties.Count > 0 || node.ByPattern.Count > 0 || node.Required.Count > 0 || node.Closed || node.CountsMembers) types |= JsonTypes.Object;
        if (node.Items is not null || node.HasPositions) types |= JsonTypes.Array;
        if (node.Pattern is not null || node.Format is not null || node.MinLength is not null || node.MaxLength is not null) types |= JsonTypes.String;
        if (node.Minimum is not null || node.Maximum is not null) types |= JsonTypes.Number | JsonTypes.Integer;
        return types;
    }

    static ObjectShape Object(
        Place place, JsonTypes types, string? title, string? description, ShapeHints hints, List<SchemaNode> always, List<SchemaNode> sometimes)
    {
        var required = always.SelectMany(node => node.Required).ToHashSet(StringComparer.Ordinal);
        var certain = always.SelectMany(node => node.Properties).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var possible = sometimes.SelectMany(node => node.Properties).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var names = certain.Select(group => group.Key).Concat(possible.Select(group => group.Key)).Distinct(StringComparer.Ordinal);
        var members = names.Select(name =>
            new ShapeMember(name, required.Contains(name), () => certain.Contains(name) ? Build([.. certain[name]]) : Either([.. possible[name]])));
        return new ObjectShape(place, types, title, description, hints, [.. members], Others(place, always));
    }

    static ShapeMember? Others(Place place, List<SchemaNode> always)
    {
        if (always.Any(node => node.Closed)) return null;
        var schemas = always.Where(node => node.Additional is not null).Select(node => node.Additional!).Concat(always.SelectMany(node => node.ByPattern)).ToImmutableArray();
        return new ShapeMember("*", required: false, () => schemas.Length == 1 ? Build(schemas) : Any(place));
    }

    static ArrayShape Array(
        Place place, JsonTypes types, string? title, string? description, ShapeHints hints, List<SchemaNode> always, List<SchemaNode> sometimes)
    {
        var items = always.Where(node => node.Items is not null).Select(node => node.Items!).ToImmutableArray();
        var possible = sometimes.Where(node => node.Items is not null).Select(node => node.Items!).ToImmutableArray();
        var positions = always.Concat(sometimes).Any(node => node.HasPositions);
        return new ArrayShape(
            place, types, title, description, hints,
            () => positions || (items.IsEmpty && possible.IsEmpty) ? Any(place) : items.IsEmpty ? Either(possible) : Build(items),
            always.Max(node => node.MinItems), always.Min(node => node.MaxItems));
    }

    static ScalarShape Scalar(Place place, JsonTypes types, string? title, string? description, ShapeHints hints, List<SchemaNode> always) =>
        new(place, types, title, description, hints)
        {
            Format = First(always, node => node.Format),
            MinLength = always.Max(node => node.MinLength),
            MaxLength = always.Min(node => node.MaxLength),
            Minimum = always.Max(node => node.Minimum),
            Maximum = always.Min(node => node.Maximum),
            Patterns = [.. always.Select(node => node.Pattern).OfType<string>().Distinct(StringComparer.Ordinal)],
            Allowed = always.Where(node => !node.Allowed.IsEmpty).Select(node => node.Allowed)
                .Aggregate(ImmutableArray<JsonValue>.Empty, (all, next) => all.IsEmpty ? next : [.. all.Where(next.Contains)]),
        };

    // One of several: their shape if there is but one, else only what kind of value it can be.
    static Shape Either(ImmutableArray<SchemaNode> schemas)
    {
        if (schemas.Length == 1) return Build(schemas);
        var either = new SchemaNode(schemas[0].Place);
        either.Sometimes.AddRange(schemas);
        return Build(either);
    }

    static AnyShape Any(Place place) => new(place, JsonTypes.Any, null, null, ShapeHints.None);

    static T? First<T>(List<SchemaNode> nodes, Func<SchemaNode, T?> fact)
        where T : class => nodes.Select(fact).FirstOrDefault(found => found is not null);
}
