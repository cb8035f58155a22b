using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Definition;

/// <summary>Which events are meant: every attribute must fit, and every correlation hold.</summary>
sealed record EventFilter(ImmutableArray<KeyValuePair<string, ValueTest>> With, ImmutableArray<Correlation> Correlations)
{
    public bool Fits(JsonValue cloudEvent, Func<string, JsonValue> variable) => With.All(test => test.Value.Fits(cloudEvent[test.Key], variable));

    /// <summary>Whether some run could ever take the event here, whatever its variables: a test that needs them is taken to fit.</summary>
    public bool CouldFit(JsonValue cloudEvent) => With.All(test => test.Value.NeedsRun || test.Value.Fits(cloudEvent[test.Key], _ => JsonValue.Null));

    /// <summary>The event type, if the filter names one alone.</summary>
    public string? Type => With.FirstOrDefault(test => test.Key == "type").Value is IsEqual { Expected.StringOrNull: { } type } ? type : null;

    /// <summary>The event type as its author wrote it; "any" if the filter does not name one.</summary>
    public string TypeShown => With.FirstOrDefault(test => test.Key == "type").Value?.ToString() ?? "any";
}

/// <summary>A link between an event and the run: what is taken from the event must be what is expected.</summary>
/// <param name="Name">The correlation's name.</param>
/// <param name="From">Takes the value from the event.</param>
/// <param name="Expect">What it must be; without it, what the run's start or the first event of the listen set under that name.</param>
sealed record Correlation(string Name, Expression From, Template? Expect);

/// <summary>A test of one attribute of an event.</summary>
abstract record ValueTest
{
    public virtual bool NeedsRun => false;

    public abstract bool Fits(JsonValue value, Func<string, JsonValue> variable);
}

/// <summary>The attribute equals a value.</summary>
sealed record IsEqual(JsonValue Expected) : ValueTest
{
    public override bool Fits(JsonValue value, Func<string, JsonValue> variable) => value == Expected;

    public override string ToString() => Expected.StringOrNull ?? Expected.ToString();
}

/// <summary>The attribute matches a regular expression, marked as one by a leading ^ or a final $.</summary>
sealed record IsMatch(Regex Pattern) : ValueTest
{
    public override bool Fits(JsonValue value, Func<string, JsonValue> variable) => value.StringOrNull is { } text && Pattern.IsMatch(text);

    public override string ToString() => Pattern.ToString();
}

/// <summary>An expression over the attribute: its boolean decides; another value must equal the attribute. If it fails, the event does not fit.</summary>
sealed record Decides(Expression Expression) : ValueTest
{
    public override bool NeedsRun => !Expression.Variables.IsEmpty;

    public override bool Fits(JsonValue value, Func<string, JsonValue> variable)
    {
        var outcome = Expression.Evaluate(value, variable);
        if (!outcome.Succeeded) return false;
        return outcome.Value.Kind == JsonKind.Boolean ? outcome.Value.AsBoolean() : outcome.Value == value;
    }

    public override string ToString() => $"${{ {Expression} }}";
}

/// <summary>The attribute is an object whose named members fit; it may have others.</summary>
sealed record HasMembers(ImmutableArray<KeyValuePair<string, ValueTest>> Members) : ValueTest
{
    public override bool NeedsRun => Members.Any(member => member.Value.NeedsRun);

    public override bool Fits(JsonValue value, Func<string, JsonValue> variable) => Members.All(member => member.Value.Fits(value[member.Key], variable));
}

/// <summary>How many of which events a listen takes.</summary>
enum ConsumptionKind
{
    /// <summary>One event.</summary>
    One,

    /// <summary>One event that any of the filters takes (all events without filters), or many until a condition.</summary>
    Any,

    /// <summary>One event for each filter.</summary>
    All,
}

/// <summary>An event consumption strategy. It ends at a condition, at one of the <paramref name="UntilEvents"/>, or once all of them have come.</summary>
sealed record Consumption(ConsumptionKind Kind, ImmutableArray<EventFilter> Filters, Expression? Until, ImmutableArray<EventFilter> UntilEvents, bool UntilAll = false)
{
    public bool TakesMany => Until is not null || !UntilEvents.IsEmpty;

    public bool CouldTake(JsonValue cloudEvent) =>
        (Kind == ConsumptionKind.Any && Filters.IsEmpty) || Filters.Concat(UntilEvents).Any(filter => filter.CouldFit(cloudEvent));

    public string TypesShown => Kind == ConsumptionKind.Any && Filters.IsEmpty ? "any" : string.Join(", ", Filters.Select(filter => filter.TypeShown).Distinct(StringComparer.Ordinal));
}
