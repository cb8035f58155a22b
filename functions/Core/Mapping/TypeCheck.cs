using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>Whether two places can hold each other's values.</summary>
static class TypeCheck
{
    static readonly string[] TimeFormats = ["date", "date-time", "time"];

    /// <summary>How lists and single values meet; null after a problem.</summary>
    public static (ListForm In, ListForm Out)? Lists(Resolved source, Resolved canonical, ListSyntax? list, Place place, ProblemList problems)
    {
        var (sourceIsList, canonicalIsList) = (IsList(source), IsList(canonical));
        if (sourceIsList == canonicalIsList)
        {
            if (list is null || source.Shape is AnyShape || canonical.Shape is AnyShape) return (ListForm.Same, ListForm.Same);
            problems.Add(list.Place, "type-clash", MappingMessages.ListNeedless(sourceIsList));
            return null;
        }

        if (list is null)
        {
            if (source.Shape is AnyShape || canonical.Shape is AnyShape) return (ListForm.Same, ListForm.Same);
            problems.Add(place, "type-clash", MappingMessages.ListMissing(sourceIsList ? source.Route.Text : canonical.Route.Text), value: source.Route.Text);
            return null;
        }

        var (toList, toSingle) = list.Separator is null ? (ListForm.Wrap, ListForm.Unwrap) : (ListForm.Cut, ListForm.Paste);
        return canonicalIsList ? (toList, toSingle) : (toSingle, toList);
    }

    /// <summary>Whether a copy without a converter can be right.</summary>
    public static void Exact(Resolved source, Resolved canonical, Place place, ProblemList problems)
    {
        var (from, to) = (ItemOf(source), ItemOf(canonical));
        var (fromTypes, toTypes) = (ItemTypes(source), ItemTypes(canonical));
        if (Parts(source, place, problems) || Parts(canonical, place, problems)) return;
        if ((Widened(fromTypes) & Widened(toTypes) & ~JsonTypes.Null) == JsonTypes.None)
        {
            problems.Add(place, "type-clash", MappingMessages.TypeClash(source.Route.Text, fromTypes, canonical.Route.Text, toTypes, ConverterTable.Remedy(fromTypes, toTypes)), value: source.Route.Text);
            return;
        }

        if (from is ScalarShape && to is ScalarShape { Format: { } format } && TimeFormats.Contains(format) && (from as ScalarShape)!.Format != format)
            problems.Add(place, "type-clash", MappingMessages.FormatClash(source.Route.Text, canonical.Route.Text, format), value: source.Route.Text);
    }

    /// <summary>Whether a converter takes what stands at both places.</summary>
    public static void Converted(Resolved source, Resolved canonical, Converter converter, string name, Place place, ProblemList problems)
    {
        if (Parts(source, place, problems) || Parts(canonical, place, problems)) return;
        Fits(source, converter.Source, name, place, problems);
        Fits(canonical, converter.Canonical, name, place, problems);

        // JSON Schema's time has an offset, which a time of day without a date cannot.
        if (name == "time" && ItemOf(canonical) is ScalarShape { Format: "time" }) problems.Add(place, "type-clash", MappingMessages.TimeClash(canonical.Route.Text), value: canonical.Route.Text);
    }

    /// <summary>A value of the definition as its target wants it; null after a problem.</summary>
    public static JsonValue? Constant(SourceNode node, Resolved target, ProblemList problems)
    {
        var value = node switch
        {
            SourceScalar scalar => Typed.Scalar(scalar.Text, scalar.Value, target.Types),
            SourceList list when (target.Types & JsonTypes.Array) != JsonTypes.None => list.ToJson(),
            SourceMap map when (target.Types & JsonTypes.Object) != JsonTypes.None => map.ToJson(),
            _ => null,
        };
        if (value is { } found && (target.Shape is not ScalarShape { Allowed: { IsEmpty: false } allowed } || target.Types == JsonTypes.Boolean || allowed.Contains(found))) return found;
        var text = node is SourceScalar { Text: var written } ? written : node.KindName;
        problems.Add(node.Place, "type-clash", MappingMessages.NotAllowed(text, target.Shape), value: text);
        return null;
    }

    /// <summary>Whether the codes a list gives are values that the schema of the other side has.</summary>
    public static void Codes(CodeList list, Resolved source, Resolved canonical, MappingDirection ways, Place place, ProblemList problems)
    {
        if (ways.HasFlag(MappingDirection.In)) Given(list.ToCanonical.Values, canonical);
        if (ways.HasFlag(MappingDirection.Out)) Given(list.ToSource.Values, source);

        void Given(IEnumerable<string> codes, Resolved target)
        {
            if (ItemOf(target) is not { } shape) return;
            var allowed = shape is ScalarShape { Allowed: { IsEmpty: false } only } ? only : [];
            var unknown = codes.Distinct(StringComparer.Ordinal)
                .Where(code => Typed.Text(code, shape.Types) is not { } value || (!allowed.IsEmpty && !allowed.Contains(value)))
                .ToList();
            if (unknown.Count > 0) problems.Add(place, "type-clash", MappingMessages.CodesNotAllowed(list.Name, unknown, target.Route.Text), value: list.Name);
        }
    }

    public static JsonTypes ItemTypes(Resolved resolved) => ItemOf(resolved)?.Types ?? resolved.Types;

    static Shape? ItemOf(Resolved resolved) => resolved.Route.Steps is [.., RouteStep.Holds] ? null : IsList(resolved) ? ((ArrayShape)resolved.Shape).Item : resolved.Shape;

    static bool IsList(Resolved resolved) => resolved.Shape is ArrayShape && resolved.Route.Steps is not [.., RouteStep.Holds];

    static bool Parts(Resolved resolved, Place place, ProblemList problems)
    {
        if (ItemOf(resolved) is not (ObjectShape or ArrayShape)) return false;
        problems.Add(place, "type-clash", MappingMessages.HasParts(resolved.Route.Text), value: resolved.Route.Text);
        return true;
    }

    static void Fits(Resolved resolved, JsonTypes taken, string name, Place place, ProblemList problems)
    {
        var types = ItemTypes(resolved);
        if ((Widened(types) & Widened(taken) & ~JsonTypes.Null) == JsonTypes.None)
            problems.Add(place, "type-clash", MappingMessages.ConverterClash(name, resolved.Route.Text, types, taken), value: resolved.Route.Text);
    }

    static JsonTypes Widened(JsonTypes types) => (types & (JsonTypes.Integer | JsonTypes.Number)) != JsonTypes.None ? types | JsonTypes.Integer | JsonTypes.Number : types;
}
