using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries a <c>split</c> or <c>join</c> at its limits: the longest of all parts together, the shortest, and a whole of which one part takes all the room.</summary>
sealed class PartsLimits(Trial trial, MappingDirection way, FindingList findings)
{
    const int MaxItems = 64;

    Side From => FieldFact.From(way);

    Side To => FieldFact.To(way);

    /// <summary>Tries what is put together.</summary>
    /// <param name="fact">The field.</param>
    /// <param name="syntax">How it is put together.</param>
    /// <param name="document">A document that has all parts.</param>
    /// <param name="pointers">Where they stand.</param>
    public void Paste(FieldFact fact, FieldSyntax.Parts syntax, JsonValue document, IReadOnlyList<string> pointers)
    {
        if (SampleValues.ItemOf(fact[To][0]) is not { } whole) return;
        var places = fact[From];
        var isStated = places.Select(place => Stated.HasLongest(SampleValues.ItemOf(place)) && (!SampleValues.IsList(place) || ((ArrayShape)place.Resolved.Shape).MaxItems is not null)).ToList();
        var (shortest, longest) = (places.Select(place => Shortest(place, syntax.Separator)).ToList(), places.Select(place => Longest(place, syntax.Separator, whole.MaxLength ?? 0)).ToList());
        if (whole.MaxLength is not null)
        {
            // What is stated alone, and then with what is left open.
            Try(longest.Select((value, at) => isStated[at] ? value : shortest[at]), CheckRules.Length);
            Try(longest, isStated.TrueForAll(stated => stated) ? CheckRules.Length : CheckRules.OpenLength);
        }

        if (whole.MinLength is not null) Try(shortest, places.All(place => SampleValues.ItemOf(place)?.MinLength is not null) ? CheckRules.Length : CheckRules.OpenLength);

        void Try(IEnumerable<JsonValue> values, string rule)
        {
            var with = values.Select((value, at) => (Pointer: pointers[at], value)).Aggregate(document, (made, one) => JsonPointer.Replace(made, one.Pointer, one.value));
            if (Refused(with, fact) is not var (execution, problem)) return;
            var message = problem.Rule == "max-length" && JsonPointer.Find(execution.Result, problem.Path)?.StringOrNull is { } text
                ? CheckMessages.LongTogether(places.Select(place => place.Path), text.Length, whole.MaxLength ?? 0, fact[To][0].Path) : CheckMessages.Refusal(places[0].Path, problem.Message);
            findings.Add(rule, way, places[0].Path, fact.Syntax.Place, message, FindingList.Refused(execution, execution.Problems, [.. pointers]), fact.Syntax);
        }
    }

    /// <summary>Tries what is cut.</summary>
    /// <param name="fact">The field.</param>
    /// <param name="syntax">How it is cut.</param>
    /// <param name="document">A document that has the whole.</param>
    /// <param name="pointer">Where it stands.</param>
    public void Cut(FieldFact fact, FieldSyntax.Parts syntax, JsonValue document, string pointer)
    {
        var (here, pieces) = (fact[From][0], fact[To]);
        for (var at = 0; at < pieces.Length; at++)
        {
            if (SampleValues.ItemOf(pieces[at]) is not { Allowed.IsEmpty: true, Format: null, Patterns.IsEmpty: true } piece) continue;
            if (piece.MaxLength is { } most) Try(at, Filled(most + 1, syntax.Separator), most);
            if (piece.MinLength is > 1 and var least) Try(at, Filled(least - 1, syntax.Separator), null);
            if (pieces[at].Resolved.Shape is ArrayShape { MaxItems: { } items and < MaxItems }) Try(at, string.Join(syntax.Separator, Enumerable.Repeat("A", items + 1)), null);
        }

        void Try(int stretched, string text, int? limit)
        {
            var whole = string.Join(syntax.Separator, pieces.Select((_, at) => at == stretched ? text : "A"));
            if (Refused(JsonPointer.Replace(document, pointer, whole), fact) is not var (execution, problem)) return;
            var rule = problem.Rule == "max-items" ? CheckRules.Separator : Stated.RuleOf(problem, ofTarget: true, fact, here, whole);
            var message = rule == CheckRules.Length && limit is { } most && SampleValues.ItemOf(here)?.MaxLength is { } length ? CheckMessages.LengthClash(here.Path, length, most, pieces[stretched].Path) : CheckMessages.Refusal(here.Path, problem.Message);
            findings.Add(rule, way, here.Path, fact.Syntax.Place, message, FindingList.Refused(execution, execution.Problems, pointer), fact.Syntax);
        }
    }

    // Of a valid document of which what is written here is too long, too short or too much.
    (Execution Execution, Problem Problem)? Refused(JsonValue document, FieldFact fact)
    {
        if (trial.IsSpent || !trial.IsValid(From, document)) return null;
        var execution = trial.Execute(way, document);
        return execution.Broken.FirstOrDefault(problem => problem.Rule is "max-length" or "min-length" or "max-items" && fact[To].Any(place => SampleBase.Meet(place.Key, SampleBase.KeyOf(problem.Path)))) is { } problem ? (execution, problem) : null;
    }

    static JsonValue Shortest(FieldPlace place, string separator) => PartsProbe.Value(place, Texts(place, separator).OrderBy(text => text.Length).FirstOrDefault("A"));

    static JsonValue Longest(FieldPlace place, string separator, int limit)
    {
        var shape = SampleValues.ItemOf(place);
        var text = shape is { Allowed.IsEmpty: true, Format: null, Patterns.IsEmpty: true, Types: var types } && types.HasFlag(JsonTypes.String)
            ? Filled(shape.MaxLength ?? limit + 1, separator) : Texts(place, separator).MaxBy(one => one.Length) ?? "A";
        if (shape is not null && !shape.Patterns.IsEmpty && ShapeSamples.Stretched(shape, shape.MaxLength ?? limit + 1) is { } stretched && !stretched.Contains(separator, StringComparison.Ordinal)) text = stretched;
        return PartsProbe.Value(place, [.. Enumerable.Repeat(text, SampleValues.IsList(place) ? Math.Min(((ArrayShape)place.Resolved.Shape).MaxItems ?? 2, MaxItems) : 1)]);
    }

    static IEnumerable<string> Texts(FieldPlace place, string separator) => SampleValues.ItemOf(place) is not { } shape ? []
        : ShapeSamples.Values(shape).Select(value => Typed.TextOf(value)).OfType<string>().Where(text => text.Length > 0 && text.Length >= (shape.MinLength ?? 0) && !text.Contains(separator, StringComparison.Ordinal));

    static string Filled(int length, string separator) => new(separator.Contains('x', StringComparison.Ordinal) ? 'z' : 'x', Math.Min(length, ShapeSamples.MaxLength));
}
