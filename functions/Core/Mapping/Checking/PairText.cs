using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Compositions, differences and the matrix in lines for people.</summary>
public static class PairText
{
    const int MaxPaths = 40;

    /// <summary>What a system does not learn of another, and what comes back different.</summary>
    public static IEnumerable<string> Lines(Composition composed)
    {
        yield return $"{composed.From.Reference} to {composed.To.Reference}, through the canonical {(composed.From.CanonicalReference == composed.To.CanonicalReference ? composed.From.Canonical : $"{composed.From.CanonicalReference}, which is sent as {composed.To.CanonicalReference}")}: {Verdict(composed)}.";
        foreach (var problem in composed.Missing)
            yield return problem.Rule == "required" ? $"    requires {SampleBase.PathOf(problem.Path)}, which the sender cannot give." : $"    requires what the sender cannot give: {(problem.Path.Length == 0 ? "the whole" : SampleBase.PathOf(problem.Path))}: {problem.Message}";
        foreach (var problem in composed.Refused) yield return $"    refuses {(problem.Path.Length == 0 ? "the whole" : problem.Path)}: {problem.Message} [{problem.Rule}]";
        if (!composed.Refused.IsEmpty) yield return $"    and so every other document that was tried; this was {composed.Document}";
        foreach (var lost in composed.Lost) yield return $"    {(composed.IsPossible ? "does not" : "would not")} learn {lost.Path}{Example(lost.Value)}";
        foreach (var part in composed.InPart) yield return $"    learns {part.Path} only in part: {Said(part)}";
        foreach (var one in composed.NotTaken.Take(MaxPaths)) yield return $"    refuses some documents: {one.Problem.Message} [{one.Problem.Rule}]; one is {one.Document}";
        if (composed.Unsent is [var unsent, ..])
            yield return string.Create(CultureInfo.InvariantCulture, $"    the sender's own mapping refuses some of its documents, for {composed.Unsent.Length} {(composed.Unsent.Length == 1 ? "reason" : "reasons")} that its check tells, such as {unsent.Problem.Path} {unsent.Problem.Message} [{unsent.Problem.Rule}]{Shown(unsent.Document)}");
        foreach (var line in composed.Returned is { } returned ? Lines(returned) : []) yield return "    " + line;
    }

    static string Said(LearntInPart part)
    {
        if (part.Problem is { } problem) return $"{(part.Values[0].IsNull ? "its absence" : Value(part.Values[0]))} is refused. {problem.Message} [{problem.Rule}]";
        if (!part.Where.IsEmpty) return part.Where is [{ Values.IsEmpty: true } later] ? $"not in a later item of {later.Path}." : $"not where {string.Join(" and ", part.Where.Select(one => $"{one.Path} is {string.Join(" or ", one.Values.Select(value => value.IsNull ? "absent" : CheckMessages.Preview(value)))}"))}.";
        var values = string.Join(" and ", part.Values.Select(Value).Distinct(StringComparer.Ordinal));
        var document = CheckMessages.Preview(part.Document);
        return $"{(part.IsNothing ? "nothing of it arrives in some documents" : $"{values} arrive as the same")}{(document.EndsWith('…') ? " (--json shows a document)" : $", as in {document}")}.";
    }

    static string Shown(JsonValue document) => CheckMessages.Preview(document) is var text && text.EndsWith('…') ? "" : $"; one is {text}";

    // Of a list of objects it is the number of items that matters.
    static string Value(JsonValue value) => value.Kind == JsonKind.Array && value.Items.Any(item => item.Kind == JsonKind.Object) ? string.Create(CultureInfo.InvariantCulture, $"a list of {value.Count} {(value.Count == 1 ? "item" : "items")}") : CheckMessages.Shown(value);

    static IEnumerable<string> Lines(Returned returned)
    {
        foreach (var one in returned.Refused.Take(MaxPaths)) yield return $"does not come back: {one.Problem.Path} {one.Problem.Message} [{one.Problem.Rule}]";
        foreach (var back in returned.Different.Take(MaxPaths)) yield return $"comes back different: {back.Path} {CheckMessages.Shown(back.Sent)} as {CheckMessages.Shown(back.Back)}";
        if (returned.Different.Length > MaxPaths) yield return string.Create(CultureInfo.InvariantCulture, $"comes back different: {returned.Different.Length - MaxPaths} more; --json shows all.");
        if (returned.Different.IsEmpty && returned.Refused.IsEmpty) yield return string.Create(CultureInfo.InvariantCulture, $"comes back the same, in each of {returned.Tried} documents.");
    }

    static string Verdict(Composition composed) => composed.Verdict switch
    {
        "full" => $"full, all {composed.Paths} places arrive",
        "nothing" => $"nothing of {composed.Paths} places arrives",
        "loses" => string.Create(CultureInfo.InvariantCulture, $"loses {composed.Losing} of {composed.Paths} places{Shares(composed)}"),
        var other => other,
    };

    static string Shares(Composition composed) => composed.Losing == composed.Lost.Length ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(composed.Lost.IsEmpty ? "" : $"{composed.Lost.Length} whole, ")}{composed.Losing - composed.Lost.Length} in part)");

    static string Example(JsonValue value) => value.IsNull ? "" : $", such as {CheckMessages.Preview(value)}";

    /// <summary>What a new version changes.</summary>
    public static IEnumerable<string> Lines(MappingChange change)
    {
        yield return $"{(change.Way == MappingDirection.In ? "in" : change.Way == MappingDirection.Out ? "out" : "both")}: {change.Sentence}";
        if (change.Document is not { } document)
        {
            if (change.Way is MappingDirection.In or MappingDirection.Out && change.Path.Length > 0) yield return "    (no document that was tried shows it)";
            yield break;
        }

        yield return $"    for {document}";
        yield return $"    was {CheckMessages.Shown(change.Before)}, becomes {CheckMessages.Shown(change.After)}";
    }

    /// <summary>The matrix: a table for each canonical record, its columns numbered, and the pairs that are impossible with what is missing.</summary>
    public static IEnumerable<string> Lines(IReadOnlyCollection<MatrixPair> pairs, IReadOnlyDictionary<string, string> recordOf)
    {
        foreach (var record in pairs.GroupBy(pair => recordOf[pair.From], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var names = record.SelectMany(pair => new[] { pair.From, pair.To }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var receivers = record.Select(pair => pair.To).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var width = names.Max(name => name.Length);
            yield return $"Through the canonical {record.Key} (rows send, columns receive):";
            yield return $"    {new string(' ', width)}{string.Concat(receivers.Select(name => $"{names.IndexOf(name) + 1,6}"))}";
            foreach (var name in names)
            {
                var cells = receivers.Select(to => Cell(record.FirstOrDefault(pair => pair.From == name && pair.To == to)));
                yield return $"{names.IndexOf(name) + 1,3} {name.PadRight(width)}{string.Concat(cells.Select(cell => cell.PadLeft(6)))}";
            }

            yield return "";
        }

        var counts = pairs.GroupBy(pair => pair.Verdict.Split(' ')[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{pairs.Count} directed pairs: {Of("full")} full (=), {Of("loses")} lose places (how many), {Of("nothing")} where nothing arrives (-), {Of("refused")} where every document that was tried is refused (r), {Of("impossible")} impossible (x).");
        int Of(string verdict) => counts.GetValueOrDefault(verdict);
    }

    static string Cell(MatrixPair? pair) => pair?.Verdict switch
    {
        null => ".",
        "impossible" => "x",
        "refused" => "r",
        "full" => "=",
        "nothing" => "-",
        _ when pair.Losing == 0 => "0r",
        _ => pair.Losing.ToString(CultureInfo.InvariantCulture),
    };
}
