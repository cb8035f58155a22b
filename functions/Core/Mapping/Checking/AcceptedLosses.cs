using System.Collections.Immutable;

namespace Interop.Core.Mapping.Checking;

/// <summary>The losses that a definition accepts: the reason for each that is found, and what no finding needed.</summary>
sealed class AcceptedLosses(DefinitionSyntax definition)
{
    readonly HashSet<Place> used = [];
    readonly HashSet<Place> named = [];
    readonly Dictionary<Place, HashSet<string>> found = [];
    readonly HashSet<(Place, HowBack)> foundHow = [];
    readonly Dictionary<Place, SortedSet<string>> ofFields = [];

    /// <summary>The reason for which a finding is accepted; null if there is none.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">The place.</param>
    /// <param name="field">The field whose <c>loss</c> may accept it.</param>
    /// <param name="condition">On what it depends.</param>
    /// <param name="values">Of which values of a list it is so; empty if it is not about some of a list.</param>
    /// <param name="how">How something does not come back; null if it is about something else.</param>
    public string? ReasonOf(string rule, string path, FieldSyntax? field, string condition, ImmutableArray<string> values, HowBack? how)
    {
        // A field's own reason says nothing of conditions, and names no values; what is added was none of the field's, and what is refused is no value that comes back.
        if (condition.Length == 0 && values.IsEmpty && how is null or HowBack.Gone or HowBack.Changed && field?.Loss is { } loss && (field is FieldSyntax.Each ? CheckRules.OfItems : CheckRules.OfValues).Contains(rule) && (CheckRules.IsRefusal(rule) ? loss.ByRule.GetValueOrDefault(rule) : loss.Reason ?? loss.ByRule.GetValueOrDefault(rule)) is { } own)
        {
            used.Add(field.Place);
            if (!ofFields.TryGetValue(field.Place, out var rules)) ofFields[field.Place] = rules = new SortedSet<string>(StringComparer.Ordinal);
            rules.Add(rule);
            return own;
        }

        // An entry is about its own place, under its own condition, its own values, and how they do not come back. What is found above or below it tomorrow, under another condition, of another value, or in another way, is another finding.
        if (At(rule, path, condition).FirstOrDefault(entry => Accepts(entry, values) && States(entry, how)) is not { } accepted)
        {
            // What is wrong with these the finding says.
            named.UnionWith(At(rule, path, condition).Where(entry => (values.IsEmpty || entry.Values.IsEmpty || entry.Values.Any(values.Contains)) && (entry.How.IsEmpty || States(entry, how))).Select(entry => entry.Place));
            return null;
        }

        used.Add(accepted.Place);
        if (!found.TryGetValue(accepted.Place, out var met)) found[accepted.Place] = met = new HashSet<string>(StringComparer.Ordinal);
        met.UnionWith(values);
        if (how is { } one) foundHow.Add((accepted.Place, one));
        return accepted.Reason;
    }

    /// <summary>The message of a loss that is not accepted, with what an acknowledgement would have to state. What is accepted without its condition, or under another, is not accepted; nor is what is accepted of other values.</summary>
    public string Remedied(string message, CheckRule known, string rule, string path, FieldSyntax? field, string condition, ImmutableArray<string> values, HowBack? how)
    {
        if (known.Remedy.Length == 0) return message;

        // What a program says of itself may be no sentence.
        message = $"{message}{(message[^1] is '.' or '?' ? "" : ".")} {known.Remedy}";
        if (known.Severity != FindingSeverity.Loss) return message;
        if (condition.Length > 0) return $"{message} {CheckMessages.NameCondition(condition, At(rule, path).FirstOrDefault()?.Condition)}";
        if (how is { } one && !At(rule, path, condition).Any(entry => States(entry, how))) return $"{message} {CheckMessages.NameHow(path, one, values, [.. At(rule, path, condition).SelectMany(entry => entry.How).Distinct()], At(rule, path, condition).Any())}";
        var nearest = At(rule, path, condition).Where(entry => States(entry, how)).MaxBy(entry => entry.Values.Count(values.Contains));
        if (!values.IsEmpty || nearest is not null) return $"{message} {CheckMessages.NameValues(values, nearest?.Values)}";
        return field?.Loss?.Reason is not null && CheckRules.IsRefusal(rule) ? $"{message} {CheckMessages.NameRule(rule)}" : message;
    }

    // Those that become one are accepted together: that two groups become one is another loss than that each does.
    static bool Accepts(AcceptedLoss entry, ImmutableArray<string> values) =>
        values.IsEmpty ? entry.Values.IsEmpty : values.All(entry.Values.Contains) && (!CheckRules.IsMerging(entry.Rule) || entry.Values.All(values.Contains));

    // That something is gone one day is another loss than that it is changed.
    static bool States(AcceptedLoss entry, HowBack? how) => how is not { } one || entry.How.Contains(one);

    IEnumerable<AcceptedLoss> At(string rule, string path, string condition) => At(rule, path).Where(entry => entry.Condition == condition);

    IEnumerable<AcceptedLoss> At(string rule, string path) => definition.Losses.Where(entry => entry.Rule == rule && Plain(entry.Path.Text) == Plain(path));

    /// <summary>[0] stands for every item.</summary>
    public static string Plain(string path) => path.TrimStart('$', '.').Replace("[0]", "", StringComparison.Ordinal);

    /// <summary>The entries that accept nothing that was found, nor some of the values of it in a way that they state.</summary>
    public IEnumerable<AcceptedLoss> Unused => definition.Losses.Where(entry => !used.Contains(entry.Place) && !named.Contains(entry.Place));

    /// <summary>The entry that accepts what this one is about.</summary>
    public AcceptedLoss? Before(AcceptedLoss entry) =>
        At(entry.Rule, entry.Path.Text, entry.Condition).FirstOrDefault(other => used.Contains(other.Place) && (entry.Values.IsEmpty ? other.Values.IsEmpty : entry.Values.Any(found[other.Place].Contains)) && (entry.How.IsEmpty || entry.How.Any(how => foundHow.Contains((other.Place, how)))));

    /// <summary>The values that an entry names, of which nothing was found.</summary>
    public IEnumerable<(AcceptedLoss Entry, ImmutableArray<string> Values)> Unfound =>
        definition.Losses.Where(entry => used.Contains(entry.Place)).Select(entry => (entry, entry.Values.RemoveAll(found[entry.Place].Contains))).Where(one => !one.Item2.IsEmpty);

    /// <summary>How an entry says that something does not come back, and nothing was found that does not in this way.</summary>
    public IEnumerable<(AcceptedLoss Entry, ImmutableArray<HowBack> How)> UnfoundHow =>
        definition.Losses.Where(entry => used.Contains(entry.Place)).Select(entry => (entry, entry.How.RemoveAll(how => foundHow.Contains((entry.Place, how))))).Where(one => !one.Item2.IsEmpty);

    /// <summary>Whether a field's <c>loss</c> accepts something that was found.</summary>
    public bool Uses(FieldSyntax field) => used.Contains(field.Place);

    /// <summary>The rules of which a field's <c>loss</c> accepts something.</summary>
    public SortedSet<string>? RulesOf(FieldSyntax field) => ofFields.GetValueOrDefault(field.Place);
}
