using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>One thing that a new version of a mapping does differently.</summary>
/// <param name="Way">The direction.</param>
/// <param name="Path">The place that is written, or of which the format says something else.</param>
/// <param name="Sentence">What changes.</param>
/// <param name="Document">A document that becomes something else; null if none was found.</param>
/// <param name="Before">What it became there.</param>
/// <param name="After">What it becomes there now.</param>
public sealed record MappingChange(MappingDirection Way, string Path, string Sentence, JsonValue? Document, JsonValue Before, JsonValue After);

/// <summary>What changes for data from one version of a mapping to another. Fields are compared by the places that they write, wherever they stand in the definition.</summary>
public static class MappingDiff
{
    /// <summary>Every change, with an executed example where one was found; first those of the whole, then those of the way in.</summary>
    public static ImmutableArray<MappingChange> Of(MappingDefinition before, MappingDefinition after)
    {
        var changes = ImmutableArray.CreateBuilder<MappingChange>();
        if (before.Direction != after.Direction) changes.Add(Said(after.Direction, "", DiffMessages.Direction(before.Direction, after.Direction)));
        if (before.Canonical != after.Canonical) changes.Add(Said(after.Direction, "", DiffMessages.Record(before.Canonical, after.Canonical)));
        else if (before.CanonicalReference != after.CanonicalReference) changes.Add(Said(after.Direction, "", DiffMessages.RecordVersion(before.CanonicalReference, after.CanonicalReference)));
        if (before.Format != after.Format) changes.Add(Said(after.Direction, "", DiffMessages.Format(before.Format, after.Format)));
        var shapes = ShapeDiff.Of(before.SourceSchema.Shape, after.SourceSchema.Shape).ToList();
        changes.AddRange(shapes.Select(place => Said(after.Direction, place.Path, DiffMessages.Place(MappingMessages.SourceSide, place))));
        foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }.Where(way => before.Direction.HasFlag(way) && after.Direction.HasFlag(way))) changes.AddRange(Compare(before, after, way, shapes.ConvertAll(place => KeyOf(place.Path))));
        return changes.ToImmutable();
    }

    static MappingChange Said(MappingDirection way, string path, string sentence) => new(way, path, sentence, null, JsonValue.Null, JsonValue.Null);

    static string KeyOf(string path) => path.Length == 0 ? "" : "/" + path.Replace("[0]", ".*", StringComparison.Ordinal).Replace('.', '/');

    static IEnumerable<MappingChange> Compare(MappingDefinition before, MappingDefinition after, MappingDirection way, List<string> ofFormat)
    {
        var (old, now) = (Written(before, way), Written(after, way));
        var runs = DiffRuns.Of(before, after, way);
        var (written, read) = way == MappingDirection.In ? (new List<string>(), ofFormat.ToList()) : (ofFormat.ToList(), new List<string>());
        var changes = new List<MappingChange>();
        foreach (var path in old.Concat(now).Select(one => one.Path).Distinct(StringComparer.Ordinal))
        {
            var (was, becomes) = (old.Where(one => one.Path == path).ToList(), now.Where(one => one.Path == path).ToList());
            var sentences = Sentences(path, was, becomes, way, before, after).Distinct(StringComparer.Ordinal).ToList();
            changes.AddRange(sentences.Select(sentence => runs.Example(path, sentence, was.Concat(becomes).First().Key)));
            if (sentences.Count == 0) continue;
            written.AddRange(was.Concat(becomes).SelectMany(one => Demand.Of(one.Fact, FieldFact.To(way)).Select(demand => demand.Key).Prepend(one.Key)));
            read.AddRange(was.Concat(becomes).SelectMany(one => one.Fact[FieldFact.From(way)]).Select(place => place.Key));
        }

        return changes.Concat(Expected(before, after, way, read)).Concat(runs.Unexplained(written, read));
    }

    // A place that a field writes, and the fields that do.
    sealed record Writer(string Path, string Key, FieldFact Fact, FieldLine Line);

    static List<Writer> Written(MappingDefinition mapping, MappingDirection way) => [.. FieldFacts.Of(mapping)
        .Where(fact => fact.Ways.HasFlag(way) && fact.Syntax is not FieldSyntax.Ignore && (fact.Syntax is not FieldSyntax.Each || fact.Syntax is FieldSyntax.Each { Key: not null }) && (fact.Syntax is not FieldSyntax.Constant constant || constant.Side == FieldFact.To(way)))
        .SelectMany(fact => fact[FieldFact.To(way)].Select(place => new Writer(place.Path, place.Key, fact, FieldLine.Of(fact, way))))];

    static IEnumerable<string> Sentences(string path, List<Writer> before, List<Writer> after, MappingDirection way, MappingDefinition old, MappingDefinition now)
    {
        var main = (Before: before.Exists(one => one.Line.Kind != FieldLine.Standing), After: after.Exists(one => one.Line.Kind != FieldLine.Standing));
        foreach (var (was, becomes) in FieldLine.Beside(before.Select(one => (one.Line, one)), after.Select(one => (one.Line, one))))
        {
            if (was is not null && becomes is not null)
            {
                foreach (var sentence in Sentences(path, was, becomes, way, old, now)) yield return sentence;
                continue;
            }

            var (line, isNew) = ((was ?? becomes)!.Line, was is null);
            yield return line.Kind == FieldLine.Standing ? DiffMessages.Standing(path, isNew ? null : line.Origin, isNew ? line.Origin : null)
                : isNew ? (main.Before ? DiffMessages.Also(path, line) : DiffMessages.New(path, line, way))
                : main.After ? DiffMessages.NoLonger(path, line) : DiffMessages.Gone(path, line, way);
        }
    }

    static IEnumerable<string> Sentences(string path, Writer was, Writer becomes, MappingDirection way, MappingDefinition before, MappingDefinition after)
    {
        var (old, now) = (was.Line, becomes.Line);
        if (old.Origin != now.Origin) yield return old.Kind == FieldLine.Standing ? DiffMessages.Standing(path, old.Origin, now.Origin) : DiffMessages.Origin(path, old.Origin, now.Origin);
        if (old.Converter != now.Converter) yield return DiffMessages.Converter(path, old.Converter, now.Converter);
        if (old.Program != now.Program && old.Kind == now.Kind) yield return DiffMessages.Program(path);
        if (old.Conditions != now.Conditions) yield return DiffMessages.Condition(path, old.Conditions, now.Conditions);
        if (old.IsLossy != now.IsLossy && old.Converter.Length > 0 && now.Converter.Length > 0) yield return DiffMessages.Loss(path, now.IsLossy);
        if (ListOf(was.Fact, before) is not { } list || ListOf(becomes.Fact, after) is not { } newer) yield break;
        foreach (var sentence in Codes(path, list, newer, way)) yield return sentence;
    }

    static CodeList? ListOf(FieldFact fact, MappingDefinition mapping)
    {
        var converter = fact.Syntax switch { FieldSyntax.Copy copy => copy.Converter, FieldSyntax.Parts parts => parts.Converter, FieldSyntax.Each { Key: { } key } => key.Converter, _ => null };
        return converter is { Name: "code", Node: Sources.SourceScalar { Text: var name } } ? mapping.CodesByName.GetValueOrDefault(name) : null;
    }

    static IEnumerable<string> Codes(string path, CodeList before, CodeList after, MappingDirection way)
    {
        var (old, now) = way == MappingDirection.In ? (before.ToCanonical, after.ToCanonical) : (before.ToSource, after.ToSource);
        foreach (var code in old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal).Where(code => old.GetValueOrDefault(code) != now.GetValueOrDefault(code)))
            yield return DiffMessages.Code(path, code, old.GetValueOrDefault(code), now.GetValueOrDefault(code));
    }

    // A constant of the side that is read: what stands there must be it. In a group it is one of the group's conditions.
    static IEnumerable<MappingChange> Expected(MappingDefinition before, MappingDefinition after, MappingDirection way, List<string> read)
    {
        var (old, now) = (Constants(before, way), Constants(after, way));
        foreach (var path in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            var (was, becomes) = (old.GetValueOrDefault(path), now.GetValueOrDefault(path));
            if (was.Value == becomes.Value) continue;
            read.Add((was.Key ?? becomes.Key)!);
            yield return Said(way, path, DiffMessages.Expected(path, was.Value, becomes.Value));
        }
    }

    static Dictionary<string, (string? Value, string? Key)> Constants(MappingDefinition mapping, MappingDirection way) => FieldFacts.Of(mapping)
        .Where(fact => fact.Ways.HasFlag(way) && fact.Syntax is FieldSyntax.Constant constant && constant.Side == FieldFact.From(way) && !fact.Tests.Any(test => test.Place.Path == fact[FieldFact.From(way)][0].Path))
        .GroupBy(fact => fact[FieldFact.From(way)][0].Path, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => ((string?)string.Join(" or ", group.Select(fact => ((FieldSyntax.Constant)fact.Syntax).Value.ToJson().ToString()).Order(StringComparer.Ordinal)), (string?)group.First()[FieldFact.From(way)][0].Key), StringComparer.Ordinal);
}
