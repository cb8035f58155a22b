using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>What is told already of a direction, so that it is not told again: each finding is about its own place, where its path's conditions hold.</summary>
sealed class KnownLosses(MappingDefinition mapping, MappingDirection way, ImmutableArray<FieldFact> facts, FindingList findings)
{
    // Nothing of the place arrives, whatever the document says.
    static readonly FrozenSet<string> Gone = new[] { CheckRules.NotRead, CheckRules.NotSent, CheckRules.Ignored, CheckRules.Computed, CheckRules.AmbiguousInverse }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> Different = new[]
    {
        CheckRules.NotRead, CheckRules.NotSent, CheckRules.NotBack, CheckRules.Ignored, CheckRules.Computed, CheckRules.SameResult, CheckRules.AmbiguousInverse, CheckRules.CodesShareMeaning, CheckRules.Precision, CheckRules.Zone,
        CheckRules.Join, CheckRules.DefaultHidesAbsence, CheckRules.MarkingLowered, CheckRules.Spelling, CheckRules.Presence,
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> OfItems = new[] { CheckRules.ItemsDropped, CheckRules.FirstOfSeveral, CheckRules.Several }.ToFrozenSet(StringComparer.Ordinal);

    readonly Dictionary<string, ToldPlace?> places = new(StringComparer.Ordinal);

    ToldPlaces GoneAt => field ??= new(findings, way, Gone, PlaceOf, (told, key) => JsonPointer.Covers(told, key));

    ToldPlaces OfItemsAt => field ??= new(findings, way, OfItems, PlaceOf, (told, item) => told == item || (told.Length == item.Length - "/*".Length && item.StartsWith(told, StringComparison.Ordinal)));

    /// <summary>Whether it is told that nothing of a place arrives, whatever else the document says.</summary>
    public bool IsGone(string key, JsonValue document, string pointer, string condition = "") => Any(GoneAt.Of(key), condition, document, pointer);

    /// <summary>Whether it is told that nothing of a place arrives under some condition.</summary>
    public bool MayBeGone(string key, JsonValue document, string pointer) => Any(GoneAt.Of(key), null, document, pointer);

    /// <summary>Whether it is told that of these items one or another does not arrive.</summary>
    /// <param name="item">Any item of the list.</param>
    /// <param name="document">The document.</param>
    /// <param name="pointer">The item.</param>
    /// <param name="condition">On what it depends that this item does not arrive; null for anything.</param>
    public bool IsOfItems(string item, JsonValue document, string pointer, string? condition = null) => Any(OfItemsAt.Of(item), condition, document, pointer);

    /// <summary>Whether it is told that items of a list are dropped.</summary>
    public bool LosesItems(string list) => findings.Of(way).Any(finding => finding.Rule == CheckRules.ItemsDropped && PlaceOf(finding.Path) is { } told && (told.Key == list || told.Key == list + "/*"));

    /// <summary>Whether it is told that what stands at a place does not come back the same.</summary>
    /// <param name="key">The place.</param>
    /// <param name="how">How it does not: that something else comes back does not say that nothing does.</param>
    /// <param name="isNew">Whether nothing stood there: that it does not arrive from some items does not say that others get it.</param>
    public bool ComesBackDifferent(string key, HowBack how, bool isNew = false) => findings.Of(way).Any(finding => Different.Contains(finding.Rule) && !(isNew && finding.Rule is CheckRules.NotSent or CheckRules.NotRead) && !IsOfValue(finding.Path) && PlaceOf(finding.Path) is { } told && (finding.Rule == CheckRules.NotBack ? key == told.Key && finding.How == how : JsonPointer.Covers(told.Key, key)));

    // Whether a finding is about one value that a list holds, and not about the list.
    static bool IsOfValue(string path) => path.LastIndexOf("[=", StringComparison.Ordinal) is >= 0 and var at && path.IndexOf(']', at) == path.Length - 1;

    /// <summary>Whether a refusal is among those that are shown.</summary>
    public bool IsRefused(Problem problem) => findings.Of(way).Any(finding => finding.Counterexample is { Back: null } shown && shown.Problems.Any(known => known.Rule == problem.Rule && IsIn(PlaceOf(known), PlaceOf(problem), orAbove: problem.Rule == "required")));

    // In a list that is filled by position a gap is one at its position.
    static string PlaceOf(Problem problem) => problem.Rule == "type" && problem.Path.LastIndexOf('/') is >= 0 and var at ? SampleBase.KeyOf(problem.Path[..at]) + problem.Path[at..] : SampleBase.KeyOf(problem.Path);

    static bool IsIn(string known, string key, bool orAbove) => key == known || (orAbove && JsonPointer.Covers(known, key));

    /// <summary>Whether it is told that a value at a path is refused.</summary>
    public bool Refuses(string path) => findings.Of(way).Any(finding => finding.Path == path && finding.Counterexample is { Problems.IsEmpty: false, Back: null });

    static bool Any(List<ToldPlace> about, string? condition, JsonValue document, string pointer)
    {
        foreach (var told in about)
            if ((condition is null || told.Condition.Length == 0 || told.Condition == condition) && Holds(told.Asked, document, pointer)) return true;
        return false;
    }

    static bool Holds(ImmutableArray<Demand> asked, JsonValue document, string pointer)
    {
        foreach (var demand in asked)
            if (!demand.HoldsBeside(document, pointer)) return false;
        return true;
    }

    ToldPlace? PlaceOf(string path) => places.TryGetValue(path, out var known) ? known : places[path] = Found(path);

    ToldPlace? Found(string path)
    {
        var place = facts.SelectMany(fact => fact[FieldFact.From(way)]).FirstOrDefault(place => place.Path == path) ?? FieldFacts.PlaceOf(mapping, FieldFact.From(way), Selected(path));
        return place is null ? null : new ToldPlace(place.Key, [.. place.Groups.Append(place.Resolved).SelectMany(Demand.Chosen)], "");
    }

    // In a path that names no item of a list, any is meant.
    string Selected(string path)
    {
        var selected = "";
        Shape? shape = (way == MappingDirection.In ? mapping.SourceSchema : mapping.CanonicalSchema).Shape;
        if (path.AsSpan().ContainsAny('"', '[')) return path;
        foreach (var name in path.Split('.'))
        {
            if (shape is ArrayShape list) (selected, shape) = (selected + "[0]", list.Item);
            (selected, shape) = (MappingPathParser.Join(selected, name), shape.At(name));
            if (shape is null) break;
        }

        return selected;
    }
}
