using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>One thing that a new version of a mapping does differently.</summary>
/// <param name="Way">The direction.</param>
/// <param name="Path">The place that is written.</param>
/// <param name="Sentence">What changes.</param>
/// <param name="Document">A document that becomes something else; null if none was found.</param>
/// <param name="Before">What it became there.</param>
/// <param name="After">What it becomes there now.</param>
public sealed record MappingChange(MappingDirection Way, string Path, string Sentence, JsonValue? Document, JsonValue Before, JsonValue After);

/// <summary>What changes for data from one version of a mapping to another.</summary>
public static class MappingDiff
{
    /// <summary>Every change, with an executed example where one was found; first those of the way in.</summary>
    public static ImmutableArray<MappingChange> Of(MappingDefinition before, MappingDefinition after)
    {
        var changes = ImmutableArray.CreateBuilder<MappingChange>();
        if (before.Direction != after.Direction) changes.Add(Said(after.Direction, "", DiffMessages.Direction(before.Direction, after.Direction)));
        if (before.Canonical != after.Canonical) changes.Add(Said(after.Direction, "", DiffMessages.Record(before.Canonical, after.Canonical)));
        foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }.Where(way => before.Direction.HasFlag(way) && after.Direction.HasFlag(way))) Compare(before, after, way, changes);
        return changes.ToImmutable();
    }

    static MappingChange Said(MappingDirection way, string path, string sentence) => new(way, path, sentence, null, JsonValue.Null, JsonValue.Null);

    static void Compare(MappingDefinition before, MappingDefinition after, MappingDirection way, ImmutableArray<MappingChange>.Builder changes)
    {
        var (old, now) = (Written(before, way), Written(after, way));
        var runs = Runs(before, after, way).ToList();
        foreach (var path in old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal))
        {
            var (was, becomes) = (old.GetValueOrDefault(path), now.GetValueOrDefault(path));
            var sentences = was is null ? [DiffMessages.New(path, Origin(becomes!, way), way)] : becomes is null ? [DiffMessages.Gone(path, Origin(was, way), way)] : Sentences(path, was, becomes, way, before, after);
            foreach (var sentence in sentences) changes.Add(Example(way, path, sentence, (becomes ?? was)![FieldFact.To(way)].First(place => place.Path == path).Key, runs));
        }

        // What no field explains: a schema that allows other values, a group that repeats otherwise.
        if (changes.Any(change => change.Way == way)) return;
        if (runs.FirstOrDefault(run => run.Before != run.After) is { Document.IsNull: false } other)
            changes.Add(new MappingChange(way, SampleBase.PathOf(SampleEdit.Differences(other.Before, other.After)[0]), DiffMessages.Otherwise, other.Document, other.Before, other.After));
    }

    // The first field that writes a place stands for it.
    static Dictionary<string, FieldFact> Written(MappingDefinition mapping, MappingDirection way) => FieldFacts.Of(mapping)
        .Where(fact => fact.Ways.HasFlag(way) && fact.Syntax is not (FieldSyntax.Each or FieldSyntax.Ignore) && (fact.Syntax is not FieldSyntax.Constant constant || constant.Side == FieldFact.To(way)))
        .SelectMany(fact => fact[FieldFact.To(way)].Select(place => (place.Path, fact)))
        .DistinctBy(one => one.Path, StringComparer.Ordinal).ToDictionary(one => one.Path, one => one.fact, StringComparer.Ordinal);

    static string Origin(FieldFact fact, MappingDirection way) => fact.Syntax switch
    {
        FieldSyntax.Constant constant => $"the constant {constant.Value.ToJson()}",
        FieldSyntax.Default standing => $"the default {standing.Value.ToJson()}",
        FieldSyntax.Compute => "a program",
        FieldSyntax.Identity => "an id that is made",
        _ => string.Join(" and ", fact[FieldFact.From(way)].Select(place => $"\"{place.Path}\"")),
    };

    static List<string> Sentences(string path, FieldFact was, FieldFact becomes, MappingDirection way, MappingDefinition before, MappingDefinition after)
    {
        var sentences = new List<string>();
        if (Origin(was, way) is var from && Origin(becomes, way) is var to && from != to) sentences.Add(DiffMessages.Origin(path, from, to));
        if (Converter(was) is var old && Converter(becomes) is var now && old != now) sentences.Add(DiffMessages.Converter(path, old, now));
        if (Program(was) != Program(becomes)) sentences.Add(DiffMessages.Program(path));
        if (Tests(was, way) is var tests && Tests(becomes, way) is var others && tests != others) sentences.Add(DiffMessages.Condition(path, tests, others));
        if (SampleValues.ListOf(was, before.CodesByName) is { } list && SampleValues.ListOf(becomes, after.CodesByName) is { } newer) sentences.AddRange(Codes(path, list, newer, way));
        return sentences;
    }

    static string Converter(FieldFact fact) => fact.Syntax switch
    {
        FieldSyntax.Copy { Converter: { } converter } => $"{converter.Name}: {converter.Node.ToJson()}",
        FieldSyntax.Parts parts => $"{(parts.WholeSide == Side.Source ? "split" : "join")}: \"{parts.Separator}\"",
        FieldSyntax.Combined combined => $"{combined.Kind.Name}: {combined.Kind.Node.ToJson()}",
        _ => "",
    };

    static string Program(FieldFact fact) => fact.Syntax is FieldSyntax.Compute compute ? compute.Program.Text : "";

    static string Tests(FieldFact fact, MappingDirection way) => string.Join(" and ", fact.Tests.Where(test => test.Place.Side == FieldFact.From(way))
        .Select(test => $"\"{test.Place.Path}\" {test.Kind.ToString().ToLowerInvariant()}{(test.Values.IsEmpty ? "" : $" {string.Join(" or ", test.Values)}")}"));

    static IEnumerable<string> Codes(string path, CodeList before, CodeList after, MappingDirection way)
    {
        var (old, now) = way == MappingDirection.In ? (before.ToCanonical, after.ToCanonical) : (before.ToSource, after.ToSource);
        foreach (var code in old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal).Where(code => old.GetValueOrDefault(code) != now.GetValueOrDefault(code)))
            yield return DiffMessages.Code(path, code, old.GetValueOrDefault(code), now.GetValueOrDefault(code));
    }

    static MappingChange Example(MappingDirection way, string path, string sentence, string key, List<Run> runs)
    {
        foreach (var run in runs)
        {
            if (SampleEdit.Differences(run.Before, run.After).FirstOrDefault(pointer => SampleBase.KeyOf(pointer) is var at && (at == key || key.StartsWith(at + "/", StringComparison.Ordinal) || at.StartsWith(key + "/", StringComparison.Ordinal))) is { } pointer)
                return new MappingChange(way, path, sentence, run.Document, JsonPointer.Find(run.Before, pointer) ?? JsonValue.Null, JsonPointer.Find(run.After, pointer) ?? JsonValue.Null);
        }

        return Said(way, path, sentence);
    }

    readonly record struct Run(JsonValue Document, JsonValue Before, JsonValue After);

    // The samples of both versions, each executed by both.
    static IEnumerable<Run> Runs(MappingDefinition before, MappingDefinition after, MappingDirection way)
    {
        foreach (var document in Documents(before, way).Concat(Documents(after, way)).Distinct())
        {
            var (was, becomes) = way == MappingDirection.In ? (before.ToCanonical(document), after.ToCanonical(document)) : (before.ToSource(document), after.ToSource(document));
            yield return new Run(document, was.Value, becomes.Value);
        }
    }

    static IEnumerable<JsonValue> Documents(MappingDefinition mapping, MappingDirection way) =>
        SampleDocuments.All(new SampleBase(new Trial(mapping), way, FieldFacts.Of(mapping), new FindingList(mapping.Syntax)));
}
