using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>The documents of a finding without what does not matter. What is left still shows what is claimed: it is valid and was executed.</summary>
sealed class ShownDocuments(MappingDefinition mapping, Finding finding)
{
    // How often something is taken away to see whether it matters.
    const int MaxTried = 200;

    readonly Counterexample shown = finding.Counterexample!;
    readonly Trial trial = new(mapping);
    int tried;

    /// <summary>The report with documents that are made short when they are asked for.</summary>
    public static ImmutableArray<Finding> Of(MappingDefinition mapping, ImmutableArray<Finding> findings) =>
        [.. findings.Select(finding => finding.Counterexample is { } shown ? finding with { Counterexample = shown with { Shorten = () => new ShownDocuments(mapping, finding).Made() } } : finding)];

    // What a shorter document is refused for is told of its own places.
    Counterexample Made()
    {
        var documents = Short();
        if (shown.Back is not null || shown.Problems.IsEmpty || documents.SequenceEqual(shown.Documents)) return shown with { Documents = documents, Shorten = null };
        return shown with { Documents = documents, Problems = [.. trial.Execute(finding.Way, documents[0]).Problems.Where(IsTold)], Shorten = null };
    }

    bool IsTold(Problem problem) => shown.Problems.Any(told => told.Rule == problem.Rule && told.Message == problem.Message && SampleBase.KeyOf(told.Path) == SampleBase.KeyOf(problem.Path));

    ImmutableArray<JsonValue> Short()
    {
        if (shown.Pointers.IsEmpty || shown.Pointers.Contains("")) return shown.Documents;
        ImmutableArray<JsonValue> parts = [.. shown.Documents.Select(document => SampleEdit.Only(document, shown.Pointers) is { IsNull: false } part ? part : JsonValue.EmptyObject)];
        if (Holds(parts)) return parts;
        return Holds(shown.Documents) ? Without(shown.Documents, "") : shown.Documents;
    }

    // What stands at none of the places that matter is taken away where that changes nothing, the last first, so that positions stay.
    ImmutableArray<JsonValue> Without(ImmutableArray<JsonValue> documents, string around)
    {
        foreach (var pointer in SampleEdit.Below(documents[0], around).Reverse())
        {
            if (tried++ >= MaxTried) break;
            var isNeeded = shown.Pointers.Any(one => JsonPointer.Covers(pointer, one) || JsonPointer.Covers(one, pointer));
            ImmutableArray<JsonValue> less = isNeeded ? documents : [.. documents.Select(document => SampleEdit.Without(document, pointer))];
            documents = !isNeeded && Holds(less) ? less : Without(documents, pointer);
        }

        return documents;
    }

    bool Holds(ImmutableArray<JsonValue> documents)
    {
        if (documents.Distinct().Count() < documents.Length || documents.Any(document => !trial.IsValid(FieldFact.From(finding.Way), document))) return false;
        var executed = documents.Select(document => trial.Execute(finding.Way, document)).ToList();
        if (documents.Length > 1) return executed.DistinctBy(one => one.Told).Count() == 1 && (finding.Rule != CheckRules.ItemOrder || shown.Pointers.All(item => trial.Execute(finding.Way, SampleEdit.Without(documents[0], item)).Told != executed[0].Told));
        if (shown.Back is null && !shown.Problems.IsEmpty) return executed[0].Problems.Any(IsTold);
        if (!executed[0].Succeeded) return false;
        if (finding.Rule == CheckRules.OrderDependent) return trial.Execute(finding.Way, documents[0], trial.Reversed).Result != executed[0].Result;
        if (shown.Back is null || mapping.Direction != MappingDirection.Both) return true;
        var back = trial.Execute(finding.Way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, executed[0].Result);
        return shown.Problems.IsEmpty ? back.Succeeded && back.Result != documents[0] : back.Problems.Any(problem => problem.Rule == shown.Problems[0].Rule);
    }
}
