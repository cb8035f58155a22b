using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Numbers that a program asks for may be those of a list's items, such as a trailer's that tells whether a file is whole: what a program refuses is tried with them.</summary>
sealed class RecordCounts(Trial trial, MappingDirection way, RecordPlace places, ImmutableArray<FieldFact> facts)
{
    const int MaxCounts = 6;
    const int MaxNumbers = 3;

    readonly ImmutableArray<string> read = [.. facts.Where(fact => fact.Reads(way) && fact.Syntax is FieldSyntax.Compute).SelectMany(fact => fact[FieldFact.From(way)]).Select(place => place.Key).Distinct(StringComparer.Ordinal)];

    /// <summary>The document with the number of items of one of its lists for a number that a program reads; null if it was not refused by a program, or no such number helps.</summary>
    public Execution? Counted(Execution there)
    {
        if (read.IsEmpty || !there.Refused.Any(problem => problem.Rule == "compute")) return null;
        var sites = places.Sites(there.Document);
        var counts = sites.Where(site => site.Kind != RecordSiteKind.Value).GroupBy(site => site.Pointer[..site.Pointer.LastIndexOf('/')], StringComparer.Ordinal).Select(list => list.Count()).Distinct().Take(MaxCounts).ToList();
        var numbers = sites.Where(site => site.Value.Kind == JsonKind.Number && read.Any(key => JsonPointer.Covers(key, site.Key))).Take(MaxNumbers);
        return numbers.SelectMany(number => counts.Select(count => JsonPointer.Replace(there.Document, number.Pointer, JsonValue.Of(count))))
            .Where(document => !trial.IsSpent && trial.IsValid(FieldFact.From(way), document)).Select(document => trial.Execute(way, document)).FirstOrDefault(one => !one.Refused.Any(problem => problem.Rule == "compute"));
    }
}
