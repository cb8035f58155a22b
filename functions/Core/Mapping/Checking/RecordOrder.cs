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
    /// <param name="lost">Its places of which nothing arrives: their order says nothing.</param>
    public void Try(Execution there, List<string> lost)
    {
        var (items, list) = (new List<RecordSite>(), "");
        foreach (var site in samples.Places.Sites(there.Document))
        {
            if (site.Kind != RecordSiteKind.Item || !readers.At(site).IsConditional || IsIn(lost, site)) continue;
            var own = site.Pointer[..site.Pointer.LastIndexOf('/')];
            if (items is [.., var before] && own == list) Try(there, list, before, site);
            if (own != list) items.Clear();
            list = own;
            items.Add(site);
        }
    }

    static bool IsIn(List<string> lost, RecordSite site)
    {
        foreach (var above in lost)
            if (JsonPointer.Covers(above, site.Pointer)) return true;
        return false;
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
