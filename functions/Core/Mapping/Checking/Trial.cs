using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>One translation that was executed.</summary>
/// <param name="Document">What came.</param>
/// <param name="Result">What it became.</param>
/// <param name="Refused">What the fields refused; paths lead into the document.</param>
/// <param name="Broken">How the result breaks its schema; paths lead into the result.</param>
/// <param name="Told">The result without ids that are made of the whole record: what it tells. Two results that differ in these alone tell the same.</param>
sealed record Execution(JsonValue Document, JsonValue Result, ImmutableArray<Problem> Refused, ImmutableArray<Problem> Broken, JsonValue Told)
{
    public bool Succeeded => Refused.IsEmpty && Broken.IsEmpty;

    public IEnumerable<Problem> Problems => Refused.Concat(Broken);
}

/// <summary>Executes a definition on samples, and counts.</summary>
sealed class Trial(MappingDefinition mapping)
{
    readonly ValidParts validInSource = new();
    readonly ValidParts validInRecord = new();
    readonly MappingRerun rerunIn = new();
    readonly MappingRerun rerunOut = new();
    readonly Dictionary<JsonValue, Execution> executedIn = [];
    readonly Dictionary<JsonValue, Execution> executedOut = [];
    readonly Dictionary<JsonValue, bool> validSources = [];
    readonly Dictionary<JsonValue, bool> validRecords = [];

    /// <summary>What is left of documents without what is empty.</summary>
    public FilledParts Filled { get; } = new();

    /// <summary>The most translations executed for one definition.</summary>
    public const int MaxRuns = 6_000;

    public MappingDefinition Mapping => mapping;

    public ImmutableArray<FieldFact> Facts { get; } = FieldFacts.Of(mapping);

    public int Runs { get; private set; }

    public bool IsSpent => Runs >= MaxRuns;

    public Schema SchemaOf(Side side) => side == Side.Source ? mapping.SourceSchema : mapping.CanonicalSchema;

    public bool IsValid(Side side, JsonValue document)
    {
        var known = side == Side.Source ? validSources : validRecords;
        if (known.TryGetValue(document, out var valid)) return valid;
        valid = SchemaOf(side).IsValid(document, PartsOf(side));
        if (known.Count < MaxRuns) known[document] = valid;
        return valid;
    }

    /// <summary>What is wrong with a document by its schema.</summary>
    public ImmutableArray<Problem> Validate(Side side, JsonValue document) => SchemaOf(side).Validate(document, PartsOf(side));

    ValidParts PartsOf(Side side) => side == Side.Source ? validInSource : validInRecord;

    /// <summary>The definition with its fields in the opposite order.</summary>
    public MappingDefinition Reversed => field ??= mapping.WithFieldsReversed();

    /// <summary>Translates a document, once: what was executed before is known.</summary>
    public Execution Execute(MappingDirection way, JsonValue document)
    {
        var known = way == MappingDirection.In ? executedIn : executedOut;
        return known.TryGetValue(document, out var execution) ? execution : known[document] = Execute(way, document, mapping);
    }

    /// <summary>The first valid document that was refused, where valid ones were tried and none was translated. What a program asks for no schema says: where one refuses, nothing follows from it.</summary>
    public Execution? Hopeless(MappingDirection way)
    {
        var tried = (way == MappingDirection.In ? executedIn : executedOut).Values;
        return tried.Any(one => one.Succeeded || one.Refused.Any(problem => problem.Rule == "compute")) ? null : tried.FirstOrDefault(one => IsValid(FieldFact.From(way), one.Document));
    }

    /// <summary>Translates a document by another definition with the same schemas.</summary>
    public Execution Execute(MappingDirection way, JsonValue document, MappingDefinition by)
    {
        Runs++;
        var result = by.Run(document, way, way == MappingDirection.In ? rerunIn : rerunOut);
        return new Execution(document, result.Value, result.Problems, Validate(FieldFact.To(way), result.Value), Told(way, result.Value));
    }

    /// <summary>A result without the ids that are made of the whole record.</summary>
    public JsonValue Told(MappingDirection way, JsonValue result)
    {
        foreach (var (side, key) in MadeIds)
            if (side == FieldFact.To(way)) result = SampleEdit.Blank(result, key.AsSpan());
        return result;
    }

    ImmutableArray<(Side Side, ImmutableArray<string> Key)> MadeIds => field.IsDefault
        ? field = [.. Facts.Where(fact => fact.Syntax is FieldSyntax.Identity).SelectMany(fact => fact.Source.Concat(fact.Canonical)).Select(place => (place.Side, JsonPointer.Segments(place.Key)!.Value))] : field;
}
