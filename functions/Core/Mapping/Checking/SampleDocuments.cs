using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Valid documents for a mapping: one that has all its fields read, and that with one place changed.</summary>
static class SampleDocuments
{
    public static ImmutableArray<JsonValue> Of(MappingDefinition mapping, MappingDirection way)
    {
        var trial = new Trial(mapping);
        var samples = new SampleBase(trial, way, trial.Facts, new FindingList(mapping.Syntax));
        return [.. All(samples).Distinct().Where(document => trial.IsValid(samples.From, document))];
    }

    /// <summary>The same, whether they are valid or not.</summary>
    public static IEnumerable<JsonValue> All(SampleBase samples)
    {
        var full = samples.Full();
        yield return full;
        foreach (var fact in samples.Reading)
        {
            foreach (var place in fact[samples.From])
            {
                if (samples.Placed(full, place, fact) is not var (document, pointer)) continue;
                foreach (var value in samples.Values(fact, place)) yield return JsonPointer.Replace(document, pointer, value);
                yield return SampleEdit.Without(document, pointer);
            }
        }
    }
}
