using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

static class ScalarKeywords
{
    static readonly Dictionary<string, JsonTypes> TypeNames = new(StringComparer.Ordinal)
    {
        ["null"] = JsonTypes.Null,
        ["boolean"] = JsonTypes.Boolean,
        ["integer"] = JsonTypes.Integer,
        ["number"] = JsonTypes.Number | JsonTypes.Integer,
        ["string"] = JsonTypes.String,
        ["array"] = JsonTypes.Array,
        ["object"] = JsonTypes.Object,
    };

    public static void Type(KeywordSite site)
    {
        // A bare null in YAML means the type of that name.
        var nodes = site.Value is SourceList list ? list.Items : [site.Value];
        var types = JsonTypes.None;
        foreach (var node in nodes)
        {
            var name = (node as SourceScalar)?.Text ?? "";
            if (TypeNames.TryGetValue(name, out var type)) types |= type;
            else site.Refuse(node.Place, "unknown-value", SchemaMessages.UnknownType(name, TypeNames.Keys), name);
        }

        if (types == JsonTypes.None) return;
        site.Node.Types = types;
        site.Node.Checks.Add((visit, value) =>
        {
            if ((types & JsonTypeOf.Value(value)) == JsonTypes.None) visit.Report("type", found => SchemaMessages.WrongType(types, found), value);
        });
    }

    public static void Enum(KeywordSite site)
    {
        var values = site.List().Select(item => item.ToJson()).ToImmutableArray();
        if (values.IsEmpty && site.Value is SourceList) site.Refuse(site.Value.Place, "too-few", "\"enum\" needs at least one value.");
        if (!values.IsEmpty) Allow(site, "enum", values);
    }

    public static void Const(KeywordSite site) => Allow(site, "const", [site.Value.ToJson()]);

    public static void Pattern(KeywordSite site)
    {
        if (site.Text() is not { } text || CompilePattern(site, text, site.Value.Place) is not { } pattern) return;
        site.Node.Pattern = text;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.StringOrNull is { } found && !pattern.Matches(found)) visit.Report("pattern", _ => SchemaMessages.NoMatch(text), value);
        });
    }

    public static SchemaPattern? CompilePattern(KeywordSite site, string text, Place place)
    {
        var pattern = SchemaPattern.Compile(text, out var reason);
        if (pattern is null) site.Refuse(place, "pattern", $"This regular expression cannot be used: {reason}.", text);
        return pattern;
    }

    public static void Format(KeywordSite site)
    {
        if (site.Text() is not { } name) return;
        if (!SchemaFormats.All.TryGetValue(name, out var format))
        {
            site.Refuse(site.Value.Place, "unknown-format", SchemaMessages.UnknownMember(name, [.. SchemaFormats.All.Keys]), name);
            return;
        }

        site.Node.Format = name;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.StringOrNull is { } found && !format.Accepts(found)) visit.Report("format", _ => SchemaMessages.NotFormat(name, format.Remedy), value);
        });
    }

    public static void MinLength(KeywordSite site)
    {
        if (site.Count() is not { } least) return;
        site.Node.MinLength = least;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.StringOrNull is { } text && Length(text) < least) visit.Report("min-length", found => SchemaMessages.TooShort(least, Length(found.AsString())), value);
        });
    }

    public static void MaxLength(KeywordSite site)
    {
        if (site.Count() is not { } most) return;
        site.Node.MaxLength = most;
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.StringOrNull is { } text && Length(text) > most) visit.Report("max-length", found => SchemaMessages.TooLong(most, Length(found.AsString())), value);
        });
    }

    public static void Limit(KeywordSite site, string rule, string words, Func<int, bool> holds)
    {
        if (site.Number() is not { } limit) return;
        if (rule.EndsWith("minimum", StringComparison.Ordinal)) site.Node.Minimum = Math.Max(site.Node.Minimum ?? double.MinValue, limit.AsNumber());
        else site.Node.Maximum = Math.Min(site.Node.Maximum ?? double.MaxValue, limit.AsNumber());
        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Number && !holds(JsonTypeOf.Compare(value, limit))) visit.Report(rule, _ => SchemaMessages.OutOfRange(words, limit.NumberText), value);
        });
    }

    public static void MultipleOf(KeywordSite site)
    {
        if (site.Number() is not { } of) return;
        if (of.AsNumber() <= 0)
        {
            site.Refuse(site.Value.Place, "range", "\"multipleOf\" must be greater than 0.", of.NumberText);
            return;
        }

        site.Node.Checks.Add((visit, value) =>
        {
            if (value.Kind == JsonKind.Number && !JsonTypeOf.IsMultiple(value, of)) visit.Report("multiple-of", _ => SchemaMessages.NotMultiple(of.NumberText), value);
        });
    }

    static void Allow(KeywordSite site, string rule, ImmutableArray<JsonValue> values)
    {
        var allowed = values.ToHashSet();
        site.Node.Allowed = site.Node.Allowed.IsEmpty ? values : [.. site.Node.Allowed.Where(allowed.Contains)];
        site.Node.Checks.Add((visit, value) =>
        {
            if (!allowed.Contains(value)) visit.Report(rule, found => SchemaMessages.NotAllowed(found, values), value);
        });
    }

    // Code points: a pair of surrogates is one character.
    static int Length(string text)
    {
        var length = text.Length;
        foreach (var unit in text)
            if (char.IsLowSurrogate(unit)) length--;
        return length;
    }
}
