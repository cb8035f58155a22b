using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Mapping.Checking;

/// <summary>What only follows from a field that does not load: it is not told beside the error, because nobody knows what the field will do once it is mended.</summary>
sealed class FollowUps
{
    static readonly string[] OfPaths = [CheckRules.NotRead, CheckRules.NotSent];

    readonly List<(Place From, Place? To)> broken = [];
    readonly HashSet<string> named = new(StringComparer.Ordinal);
    readonly bool isBroken;

    /// <summary>Finds the fields in which the problems stand.</summary>
    public FollowUps(SourceNode root, ImmutableArray<Problem> problems)
    {
        isBroken = !problems.IsEmpty;
        var fields = Fields(root, null).ToList();
        foreach (var place in problems.Select(problem => problem.Place).OfType<Place>())
        {
            // The innermost field: it begins last.
            if (fields.LastOrDefault(field => IsWithin(place, (field.Node.Place, field.To))) is not { Node: { } node } found) continue;
            broken.Add((node.Place, found.To));
            foreach (var text in Texts(node)) named.Add(AcceptedLosses.Plain(text));
        }
    }

    /// <summary>Whether a finding is about such a field, about a place that one names, or about what is acknowledged, which may be found once all is mended.</summary>
    public bool Has(Finding finding) => finding.Rule switch
    {
        CheckRules.Stale or CheckRules.Wide => isBroken,
        CheckRules.NeverTranslates => finding.Counterexample!.Problems.All(IsOfThese),
        _ when finding.Severity == FindingSeverity.Error => false,
        _ => broken.Exists(range => IsWithin(finding.Place, range)) || (OfPaths.Contains(finding.Rule) && named.Contains(AcceptedLosses.Plain(finding.Path))),
    };

    // In a group a field names what stands in an item.
    bool IsOfThese(Problem refusal) => SampleBase.PathOf(refusal.Path) is var path && named.Any(name => path == name || path.EndsWith($".{name}", StringComparison.Ordinal));

    // Each field with where the next begins.
    static IEnumerable<(SourceNode Node, Place? To)> Fields(SourceNode around, Place? end)
    {
        if ((around as SourceMap)?["fields"] is not SourceList list) yield break;
        for (var at = 0; at < list.Items.Length; at++)
        {
            var to = at + 1 < list.Items.Length ? list.Items[at + 1].Place : end ?? After((SourceMap)around, list.Place);
            yield return (list.Items[at], to);
            foreach (var below in Fields(list.Items[at], to)) yield return below;
        }
    }

    // The member that follows.
    static Place? After(SourceMap map, Place place) => map.Entries.Select(entry => entry.Place).Where(other => IsBefore(place, other)).OrderBy(other => other.Line).ThenBy(other => other.Column).FirstOrDefault();

    static bool IsWithin(Place place, (Place From, Place? To) range) => !IsBefore(place, range.From) && (range.To is not { } to || IsBefore(place, to));

    static bool IsBefore(Place one, Place other) => one.Line < other.Line || (one.Line == other.Line && one.Column < other.Column);

    static IEnumerable<string> Texts(SourceNode node) => node switch
    {
        SourceScalar scalar => [scalar.Text],
        SourceList list => list.Items.SelectMany(Texts),
        SourceMap map => map.Entries.Where(entry => entry.Name != "fields").SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };
}
