using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>The samples of two versions of a mapping, each executed by both.</summary>
sealed class DiffRuns
{
    const int MaxTold = 20;

    readonly ImmutableArray<Run> runs;
    readonly MappingDirection way;

    DiffRuns(ImmutableArray<Run> runs, MappingDirection way) => (this.runs, this.way) = (runs, way);

    sealed record Run(JsonValue Document, MappingResult Before, MappingResult After);

    public static DiffRuns Of(MappingDefinition before, MappingDefinition after, MappingDirection way) => new(
        [.. Documents(before, way).Concat(Documents(after, way)).Distinct().Select(document => new Run(document, Result(before, document, way), Result(after, document, way)))], way);

    // A record goes out without what came with newer versions of it than the mapping's.
    static MappingResult Result(MappingDefinition mapping, JsonValue document, MappingDirection way) => mapping.Interpret(way == MappingDirection.Out ? mapping.Narrow(document).Record : document, way);

    static IEnumerable<JsonValue> Documents(MappingDefinition mapping, MappingDirection way) =>
        SampleDocuments.All(new SampleBase(new Trial(mapping), way, FieldFacts.Of(mapping), new FindingList(mapping.Syntax)));

    /// <summary>A change with the first document that becomes something else at a place; one that both translate, if there is one.</summary>
    public MappingChange Example(string path, string sentence, string key)
    {
        foreach (var run in runs.OrderByDescending(run => run.Before.Succeeded && run.After.Succeeded))
        {
            if (SampleEdit.Differences(run.Before.Value, run.After.Value).FirstOrDefault(pointer => SampleBase.Meet(SampleBase.KeyOf(pointer), key)) is { } pointer)
                return new MappingChange(way, path, sentence, run.Document, At(run.Before, pointer), At(run.After, pointer));
        }

        return new MappingChange(way, path, sentence, null, JsonValue.Null, JsonValue.Null);
    }

    /// <summary>What differs where no field says why: the order of fields, a group, a schema.</summary>
    /// <param name="written">The places of which something was said.</param>
    /// <param name="read">The places that are read for them.</param>
    public IEnumerable<MappingChange> Unexplained(IReadOnlyCollection<string> written, IReadOnlyCollection<string> read)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            foreach (var pointer in SampleEdit.Differences(run.Before.Value, run.After.Value))
            {
                var key = SampleBase.KeyOf(pointer);
                if (told.Count < MaxTold && !written.Any(place => SampleBase.Meet(key, place)) && told.Add(key))
                    yield return new MappingChange(way, SampleBase.PathOf(pointer), DiffMessages.Otherwise(SampleBase.PathOf(pointer)), run.Document, At(run.Before, pointer), At(run.After, pointer));
            }

            var (wrong, refused) = run.Before.Succeeded && !run.After.Succeeded ? (run.After.Problems, true) : run.After.Succeeded && !run.Before.Succeeded ? (run.Before.Problems, false) : ([], false);
            foreach (var problem in wrong)
            {
                var key = SampleBase.KeyOf(problem.Path);
                if (told.Count < MaxTold && !read.Any(place => SampleBase.Meet(key, place)) && told.Add($"{refused} {problem.Rule} {key}"))
                    yield return new MappingChange(way, SampleBase.PathOf(problem.Path), DiffMessages.Refusal(refused, problem), run.Document, refused ? run.Before.Value : JsonValue.Null, refused ? JsonValue.Null : run.After.Value);
            }
        }
    }

    static JsonValue At(MappingResult result, string pointer) => JsonPointer.Find(result.Value, pointer) ?? JsonValue.Null;
}
