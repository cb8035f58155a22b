using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Turns neighbours in the lists of whole records round: where several groups fill one list, items arrive in the order of the groups. It is told once of a list, and looked for where what an item is decides on it.</summary>
sealed class RecordOrder(Trial trial, MappingDirection way, SampleBase samples, RecordReaders readers, RunBudget budget, FindingList findings)
{
    // Neighbours that are tried of one list, in all records.
    const int MaxTries = 6;

    readonly Dictionary<string, int> tries = new(StringComparer.Ordinal);

    /// <summary>Tries the lists of a record.</summary>
    /// <param name="there">The record, and what became of it.</param>
    /// <param name="items">The items of its lists that arrive, where what they are may decide: the order of others says nothing.</param>
    public void Try(Execution there, List<RecordSite> items)
    {
        var (before, list) = (default(RecordSite?), "");
        foreach (var site in items)
        {
            var own = site.Pointer[..site.Pointer.LastIndexOf('/')];
            if (own == list && before is { } last) Try(there, list, last, site);
            (before, list) = (site, own);
        }
    }

    void Try(Execution there, string list, RecordSite one, RecordSite other)
    {
        var (key, path) = (one.Key, SampleBase.PathOf(list));
        if (one.Value == other.Value || findings.Has(CheckRules.ItemOrder, way, path) || tries.GetValueOrDefault(key) == MaxTries || budget.IsSpent) return;
        tries[key] = tries.GetValueOrDefault(key) + 1;
        var turned = JsonPointer.Replace(JsonPointer.Replace(there.Document, one.Pointer, other.Value), other.Pointer, one.Value);
        if (!trial.IsValid(samples.From, turned) || trial.Execute(way, turned) is not { Succeeded: true } now || now.Told != there.Told || readers.FieldOf(one, readers.At(one)) is not { } fact) return;
        findings.Add(CheckRules.ItemOrder, way, path, fact.Syntax.Place, CheckMessages.ValueOrder(path, CheckMessages.Preview(one.Value), CheckMessages.Preview(other.Value)), FindingList.Turned(there, now, one.Pointer, other.Pointer));
    }
}
