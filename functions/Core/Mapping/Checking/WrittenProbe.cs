using System.Collections.Immutable;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Writes what records become in the system's own format and reads it again: what the format cannot write, or does not give back as it was, is told of the field that it comes from.
/// </summary>
sealed class WrittenProbe(Trial trial, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxValues = 16;
    const int MaxText = 200;
    const int MaxPadded = 4;

    // Signs that a character set may lack, one between each of them and the next: us-ascii, iso-8859-1, windows-1252, one of Europe, utf-8.
    static readonly ImmutableArray<string> Letters = ["é", "€", "Ł", "中"];

    // Control characters: one that XML cannot write, and those that its readers may take for blanks.
    static readonly ImmutableArray<string> Controls = ["\u0001", "\t", "\r"];

    // What is written as a word of its own says nothing of texts.
    static readonly ImmutableArray<string> OfTexts = ["text", "upper", "lower"];

    readonly Format format = Format.All[trial.Mapping.Format];
    readonly HashSet<JsonValue> written = [];
    readonly Dictionary<(string Rule, string Path), Loss> losses = [];

    sealed record Loss(FieldFact? Fact, Counterexample Shown, Dictionary<string, string> Why, List<string> Signs);

    /// <summary>What JSON says is exact, so it is left out.</summary>
    public void Try()
    {
        if (format.Name == "json") return;
        foreach (var fact in facts.Where(fact => fact.Reads(MappingDirection.Out) && fact.Syntax is FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined))
            foreach (var place in fact.Canonical) Try(fact, place);
        foreach (var document in new[] { samples.Root, samples.Full() }) Write(document, [], null, null, null);
        foreach (var ((rule, path), loss) in losses)
            findings.Add(rule, MappingDirection.Out, path, loss.Fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.NotWritten(path, format.Name, loss.Why.Values), loss.Shown, loss.Fact?.Syntax, group: format.Name, values: [.. loss.Signs.Distinct(StringComparer.Ordinal)]);
    }

    void Try(FieldFact fact, FieldPlace place)
    {
        if (Starts(fact, place).Cast<(JsonValue, string)?>().FirstOrDefault(start => start is var (least, at) && samples.Values(fact, place) is [var usual, ..] && trial.Execute(MappingDirection.Out, JsonPointer.Replace(least, at, usual)).Succeeded) is not var (document, pointer)) return;
        foreach (var value in samples.Values(fact, place).Take(MaxValues)) Write(JsonPointer.Replace(document, pointer, value), [pointer], fact, place, null);
        foreach (var (text, sign) in Texts(fact, place)) Write(JsonPointer.Replace(document, pointer, text), [pointer], fact, place, sign);
    }

    // The least record that has the place, one with all that its field reads, one with all.
    IEnumerable<(JsonValue Document, string Pointer)> Starts(FieldFact fact, FieldPlace place)
    {
        if (trial.IsSpent || samples.With(place, fact) is not { } least) yield break;
        yield return least;
        if (samples.Placed(samples.Put(least.Document, fact), place, fact) is { } own) yield return own;
        if (samples.Placed(samples.Full(), place, fact) is { } full) yield return full;
    }

    // Letters of other languages, blanks and what else fills a column at an end, several lines, nothing, control characters; each with the sign that it is about.
    IEnumerable<(JsonValue Text, string Sign)> Texts(FieldFact fact, FieldPlace place)
    {
        if (fact.Syntax is FieldSyntax.Copy { Converter: { } converter } && !OfTexts.Contains(converter.Name)) yield break;
        if (SampleValues.ItemOf(place) is not { Allowed.IsEmpty: true, Format: null } shape || (shape.Types & JsonTypes.String) == JsonTypes.None) yield break;
        var letters = Letters.Select(letter => (Text: letter, Sign: letter)).Concat([("A ", " "), (" A", " "), ("A\nB", "\n"), ("", "")]).Concat(Controls.Select(control => ($"A{control}B", control)));
        foreach (var (text, sign) in letters)
        {
            var longer = text.Length == 0 ? text : text.Insert(text.Length / 2, new string('x', Math.Clamp((shape.MinLength ?? 0) - text.Length, 0, MaxText)));
            yield return (Placed(longer), sign);
            foreach (var whole in Wholes(fact, _ => [text])) yield return (whole, sign);
        }

        // A text of the form that is asked for may begin or end with it.
        foreach (var pad in Pads(fact))
        {
            foreach (var text in ShapeSamples.Values(shape).Select(value => value.StringOrNull).OfType<string>().Where(text => text.Length > 0).Take(MaxPadded).SelectMany(usual => Padded(usual, pad))) yield return (Placed(text), pad);
            foreach (var whole in Wholes(fact, part => Padded(part, pad))) yield return (whole, pad);
        }

        JsonValue Placed(string text) => SampleValues.IsList(place) ? JsonValue.Of(JsonValue.Of(text)) : text;
    }

    static string[] Padded(string usual, string pad) => [usual + pad, pad + usual, usual[..^1] + pad, pad + usual[1..]];

    // Each part of a text that is cut has a column of its own.
    static IEnumerable<JsonValue> Wholes(FieldFact fact, Func<string, string[]> texts) =>
        fact.Syntax is FieldSyntax.Parts { WholeSide: Side.Canonical, Converter: null } parts && PartsSamples.Wholes(parts, fact).First().Split(parts.Separator) is var pieces
            ? Enumerable.Range(0, pieces.Length).SelectMany(at => texts(pieces[at]).Select(text => JsonValue.Of(string.Join(parts.Separator, pieces.Select((piece, other) => other == at ? text : piece))))) : [];

    // What a refusal is about, whichever text met it.
    static string? Sign(string kind, FieldFact? fact, string key) => kind switch
    {
        "line-end" => "\n",
        "padding" => (fact?.Source.FirstOrDefault(there => there.Key == key) is { } column && SampleValues.ItemOf(column)?.Hints.Column?.Pad is { } pad ? pad : ' ').ToString(),
        _ => null,
    };

    // What fills the columns of a field, but for blanks.
    static IEnumerable<string> Pads(FieldFact fact) => fact.Source.Select(there => SampleValues.ItemOf(there)?.Hints.Column?.Pad).OfType<char>().Where(pad => pad != ' ').Distinct().Select(pad => pad.ToString());

    void Write(JsonValue record, ImmutableArray<string> pointers, FieldFact? fact, FieldPlace? place, string? sign)
    {
        if (trial.IsSpent || !trial.IsValid(Side.Canonical, record) || trial.Execute(MappingDirection.Out, record) is not { Succeeded: true } sent || !written.Add(sent.Result)) return;
        var shape = trial.Mapping.SourceSchema.Shape;
        var read = format.Write(sent.Result, shape).Then(bytes => format.Read(bytes, shape));
        if (!read.Succeeded)
        {
            foreach (var problem in read.Problems) Tell(CheckRules.NotWritten, problem.Path, problem.Rule, problem.Message, FindingList.Refused(sent, read.Problems, pointers));
            return;
        }

        // An empty list of records is always there.
        var differences = read.Value == sent.Result ? [] : SampleEdit.Differences(sent.Result, read.Value).Where(at => !IsNothing(JsonPointer.Find(sent.Result, at)) || !IsNothing(JsonPointer.Find(read.Value, at))).ToList();
        if (differences.Count == 0) return;
        var wrong = trial.Validate(Side.Source, read.Value);
        foreach (var at in differences)
        {
            var (was, now) = (JsonPointer.Find(sent.Result, at) ?? JsonValue.Null, JsonPointer.Find(read.Value, at) ?? JsonValue.Null);
            var rule = was.StringOrNull is "" && now.IsNull && wrong.IsEmpty ? CheckRules.Presence : CheckRules.NotWritten;
            Tell(rule, at, rule, CheckMessages.ReadAs(CheckMessages.Preview(was), CheckMessages.Shown(now)), new Counterexample([sent.Document], sent.Result, read.Value, [], []));
        }

        void Tell(string rule, string pointer, string kind, string why, Counterexample shown)
        {
            var key = SampleBase.KeyOf(pointer);
            var (origin, from) = fact is not null && fact.Source.Any(there => SampleBase.Meet(there.Key, key)) ? (fact, place) : Origin(key);

            // A text of which nothing is stated may never come so, and no schema says of one that it holds a control character.
            if (rule == CheckRules.NotWritten && kind == "character" && pointers is [var tried] && HasControl(JsonPointer.Find(record, tried) ?? JsonValue.Null)) rule = CheckRules.OpenValues;
            else if (rule == CheckRules.NotWritten && from is not null && Stated.RuleOf(new Problem("character", "", ""), ofTarget: true, origin!, from, "A") == CheckRules.OpenValues) rule = CheckRules.OpenValues;
            var path = from?.Path ?? origin?.Source[0].Path ?? SampleBase.PathOf(pointer);
            if (!losses.TryGetValue((rule, path), out var loss)) losses[(rule, path)] = loss = new Loss(origin, shown, new(StringComparer.Ordinal), []);
            loss.Why.TryAdd(kind, why);
            if ((Sign(kind, origin, key) ?? sign ?? Listed(from, record, pointers)) is { } about) loss.Signs.Add(about);
        }
    }

    // The value that was tried, where the schema lists the values of the place.
    static string? Listed(FieldPlace? place, JsonValue record, ImmutableArray<string> pointers) =>
        place is not null && pointers is [var tried] && JsonPointer.Find(record, tried) is { } value ? SampleValues.Listed(place, [value]).FirstOrDefault() : null;

    (FieldFact? Fact, FieldPlace? Place) Origin(string key) =>
        facts.FirstOrDefault(fact => fact.Ways.HasFlag(MappingDirection.Out) && fact.Syntax is not (FieldSyntax.Each or FieldSyntax.Ignore) && fact.Source.Any(place => place.Key == key)) is { } fact ? (fact, fact.Canonical.FirstOrDefault()) : (null, null);

    static bool HasControl(JsonValue value) => value.Kind == JsonKind.Array ? value.Items.Any(HasControl) : value.StringOrNull?.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n')) == true;

    static bool IsNothing(JsonValue? value) => value is null or { IsNull: true } or { Kind: JsonKind.Array, Count: 0 };
}
