using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Interop.Core.Jq;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Values at which a program may decide: the numbers that stand in it with a neighbour on each side, its texts, and texts that its patterns match.</summary>
static class ProgramSamples
{
    const int MaxValues = 24;
    const int MaxDigits = 15;

    static readonly ConditionalWeakTable<FieldSyntax.Compute, ImmutableArray<JsonValue>[]> Known = [];
    static readonly ConditionalWeakTable<FieldSyntax.Compute, string[]> NamesIn = [];

    /// <summary>Values of a place that some programs may read, as its shape wants them.</summary>
    public static ImmutableArray<JsonValue> Of(IEnumerable<FieldSyntax.Compute> programs, ScalarShape shape) =>
        [.. programs.SelectMany(program => Known.GetValue(program, one => [Made(one)])[0]).Select(value => AsWanted(value, shape.Types)).OfType<JsonValue>().Where(value => IsTaken(value, shape)).Distinct().Take(MaxValues)];

    /// <summary>Values of a place that stand in those of some fields that are programs and may read it.</summary>
    public static ImmutableArray<JsonValue> Of(IEnumerable<FieldFact> facts, Side side, string key, ScalarShape shape) => Of(facts.Where(fact => fact.Syntax is FieldSyntax.Compute && fact.MayRead(side, key)).Select(fact => (FieldSyntax.Compute)fact.Syntax), shape);

    /// <summary>Numbers of items at which some programs may decide: each whole number that stands in them, and one more.</summary>
    public static IEnumerable<int> Counts(IEnumerable<FieldSyntax.Compute> programs) =>
        programs.SelectMany(program => Known.GetValue(program, one => [Made(one)])[0]).Where(value => value.Kind == JsonKind.Number && value.AsNumber() is >= 0 and < int.MaxValue and var number && number == Math.Truncate(number)).Select(value => (int)value.AsNumber());

    /// <summary>The names of members that stand in a program.</summary>
    public static string[] Names(FieldSyntax.Compute program) => NamesIn.GetValue(program, one => JqProgram.LiteralsOf(one.Program.Text)?.Names ?? []);

    static ImmutableArray<JsonValue> Made(FieldSyntax.Compute field)
    {
        if (JqProgram.LiteralsOf(field.Program.Text) is not { } literals) return [];
        return [.. literals.Values.SelectMany(value => value.Kind == JsonKind.Number ? Around(value) : [value]), .. literals.Patterns.Select(pattern => PatternText.Make(pattern, 0)).OfType<string>().Select(text => JsonValue.Of(text))];
    }

    static IEnumerable<JsonValue> Around(JsonValue number)
    {
        yield return number;
        if (number.NumberText.Length > MaxDigits || !decimal.TryParse(number.NumberText, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) yield break;
        foreach (var near in new[] { value - 1, value + 1 }) yield return JsonValue.OfNumber(near.ToString(CultureInfo.InvariantCulture));
    }

    static JsonValue? AsWanted(JsonValue value, JsonTypes types) => value.Kind switch
    {
        JsonKind.Number when (types & (JsonTypes.Number | JsonTypes.Integer)) != JsonTypes.None => value,
        _ => Typed.TextOf(value) is { } text ? Typed.Text(text, types) : null,
    };

    // What the schema does not allow there would only be refused.
    static bool IsTaken(JsonValue value, ScalarShape shape) => (shape.Allowed.IsEmpty || shape.Allowed.Contains(value))
        && (value.Kind == JsonKind.Number ? value.AsNumber() is var number && number >= (shape.Minimum ?? double.MinValue) && number <= (shape.Maximum ?? double.MaxValue) && ((shape.Types & JsonTypes.Number) != JsonTypes.None || number == Math.Truncate(number))
            : value.StringOrNull is not { } text || (shape.Format is null && text.Length >= (shape.MinLength ?? 0) && text.Length <= (shape.MaxLength ?? int.MaxValue)));
}
