using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads which events are taken: strategies (one, any, all), filters and correlations.</summary>
static class EventReader
{
    const int PatternMilliseconds = 100;

    static readonly Consumption Nothing = new(ConsumptionKind.Any, [], null, []);

    /// <summary>Reads a strategy.</summary>
    /// <param name="context">The loader.</param>
    /// <param name="fields">The strategy's mapping.</param>
    /// <param name="names">The variables in scope.</param>
    public static Consumption Strategy(LoadContext context, SourceFields fields, ImmutableArray<string> names)
    {
        var (one, any, all, until) = (fields.Optional("one"), fields.Optional("any"), fields.Optional("all"), fields.Optional("until"));
        fields.RefuseOthers();
        if (new[] { one, any, all }.Count(node => node is not null) != 1)
        {
            context.Problems.Add(fields.Place, "events", "Say which events are meant with exactly one of: one, any, all.");
            return Nothing;
        }

        if (until is not null && any is null)
            context.Problems.Add(until.Place, "events", "\"until\" belongs to \"any\" only. Remove it, or use any.");
        if (one is not null) return new Consumption(ConsumptionKind.One, [Filter(context, one, names)], null, []);
        var kind = any is null ? ConsumptionKind.All : ConsumptionKind.Any;
        var filters = fields.List(any is null ? "all" : "any").Select(item => Filter(context, item, names)).ToImmutableArray();
        if (filters.IsEmpty && kind == ConsumptionKind.All) context.Problems.Empty(fields.Place, "\"all\"");
        if (any is null) return new Consumption(kind, filters, null, []);
        return until is SourceMap ended
            ? UntilEvents(context, new Consumption(kind, filters, null, []), ended, names)
            : new Consumption(kind, filters, context.Bare(until, names, "\"until\""), []);
    }

    static Consumption UntilEvents(LoadContext context, Consumption taken, SourceMap node, ImmutableArray<string> names)
    {
        var ending = Strategy(context, SourceFields.Of(node, context.Problems), names);
        if (ending.TakesMany) context.Problems.Add(node.Place, "events", "An \"until\" cannot have another until. Remove the inner one.");
        if (ending.Filters.IsEmpty) context.Problems.Empty(node.Place, "\"until\"");
        return taken with { UntilEvents = ending.Filters, UntilAll = ending.Kind == ConsumptionKind.All };
    }

    static EventFilter Filter(LoadContext context, SourceNode node, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(node, context.Problems);
        var with = fields.RequiredFields("with").Map;
        if (fields.Optional("with") is not null && with.Entries.IsEmpty) context.Problems.Empty(with.Place, "\"with\"");
        var tests = with.Entries.Select(entry => KeyValuePair.Create(entry.Name, Test(context, entry.Value, names))).ToImmutableArray();
        var correlations = (fields.Fields("correlate")?.Map.Entries ?? []).Select(entry => Correlate(context, entry, names)).OfType<Correlation>().ToImmutableArray();
        fields.RefuseOthers();
        var filter = new EventFilter(tests, correlations);
        context.Filters.Add((with["type"]?.Place ?? with.Place, filter));
        return filter;
    }

    static ValueTest Test(LoadContext context, SourceNode node, ImmutableArray<string> names) => node switch
    {
        SourceMap map => new HasMembers([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Name, Test(context, entry.Value, names)))]),
        SourceScalar scalar when LoadContext.IsWrapped(scalar) || LoadContext.IsOpen(scalar) =>
            context.Bare(scalar, names, "The test") is { } expression ? new Decides(expression) : new IsEqual(JsonValue.Null),
        SourceScalar { Value.Kind: JsonKind.String, Text: var text } when text.StartsWith('^') || text.EndsWith('$') => Pattern(context, node.Place, text),
        _ => new IsEqual(node.ToJson()),
    };

    static ValueTest Pattern(LoadContext context, Place place, string text)
    {
        try
        {
            return new IsMatch(new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromMilliseconds(PatternMilliseconds)));
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            context.Problems.WrongPattern(place, text, wrong.Message);
            return new IsEqual(text);
        }
    }

    static Correlation? Correlate(LoadContext context, SourceEntry entry, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(entry.Value, context.Problems);
        var from = context.Bare(fields.Required("from"), names, "\"from\"");
        var expect = fields.Optional("expect");
        if (expect is SourceScalar { Value.Kind: JsonKind.String } text && !LoadContext.IsWrapped(text) && (text.Text.StartsWith('.') || text.Text.StartsWith('$')))
            context.Problems.LooksLikeExpression(text.Place, text.Text);
        fields.RefuseOthers();
        return from is null ? null : new Correlation(entry.Name, from, expect is null ? null : context.Template(expect, names));
    }
}
