using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// On what it depends whether something arrives, in words that an acknowledgement repeats: <c>unless k is a and m is there; or n is b</c>. Their words are the definition's, chosen by which of
/// what it asks failed; they change when the definition asks something else, and in which order it does means nothing. Published definitions repeat them: to word one differently is to make their acknowledgements stale.
/// </summary>
static class LossCondition
{
    /// <summary>One thing that is asked.</summary>
    sealed record Asked(string Subject, string Verb, ImmutableArray<string> Values)
    {
        public override string ToString() => Values.IsEmpty ? $"{Subject} {Verb}" : $"{Subject} {Verb} {Listed(Values)}";
    }

    /// <summary>What the readers of a place ask, each an alternative; empty if one of them asks nothing.</summary>
    public static string Unless(IEnumerable<RecordReader> readers, string key, RecordSiteKind kind, Shape shape) => Unless([.. readers.Select(reader => Of(reader, kind == RecordSiteKind.ListedValue ? key[..^2] : key, shape))]);

    /// <summary>What is asked of the kind of a list's items by the paths that choose among them.</summary>
    public static string OfKind(IEnumerable<RecordReader> readers, string list, Shape shape) =>
        Unless([.. readers.Select(reader => Kind(reader, list).Select(demand => Of(demand, shape)).ToImmutableArray()).Where(asked => !asked.IsEmpty)]);

    /// <summary>The same of paths that choose among the items of one list.</summary>
    public static string OfChoices(IEnumerable<ListProbe.Choice> choices, Shape shape) => Unless([.. choices.Where(choice => choice.Step is RouteStep.Where).Select(choice => ((RouteStep.Where)choice.Step).Conditions
        .Where(condition => condition.Literal is not null).Select(condition => Of(new Demand(choice.Key + "/*" + string.Concat(condition.Path.Select(RouteStep.Member.SegmentOf)), ConditionKind.Is, [condition.Literal!.Value]), shape)).ToImmutableArray()).Where(asked => !asked.IsEmpty)]);

    /// <summary>The conditions of a reader's path that say of which kind an item of a list is.</summary>
    public static IEnumerable<Demand> Kind(RecordReader reader, string list) => reader.Place.Groups.Append(reader.Place.Resolved).SelectMany(Demand.Chosen).Where(demand => IsOfItem(demand, list));

    /// <summary>What the fields of a group ask of an item besides that it is of its kind.</summary>
    public static string Besides(IEnumerable<RecordReader> readers, string list, Shape shape) => Unless([.. readers.Select(reader => ImmutableArray.Create([.. OfPath(reader, "", shape)
        .ExceptBy(reader.Place.Groups.SkipLast(1).SelectMany(Demand.Chosen).Concat(Kind(reader, list)).Select(demand => Of(demand, shape).ToString()), one => one.ToString(), StringComparer.Ordinal), .. OfTests(reader, "")]))]);

    static bool IsOfItem(Demand demand, string list) => demand.Key.StartsWith(list + "/*/", StringComparison.Ordinal) && demand.Key.LastIndexOf("/*/", StringComparison.Ordinal) == list.Length;

    /// <summary>That a value is one of those that are asked for.</summary>
    public static string Unless(IEnumerable<JsonValue> values) => Unless([[new Asked("it", "is", [.. values.Select(Text)])]]);

    /// <summary>That a value is one of those that are asked for together: which of them it is does not matter.</summary>
    public static string Where(ImmutableArray<JsonValue> values) => $"where {new Asked("it", "is", [.. values.Select(Text)])}";

    /// <summary>That something is there that a value decides on.</summary>
    public static string UnlessThere(IEnumerable<string> keys) => Unless([.. keys.Select(key => ImmutableArray.Create(new Asked(PathOf(key), "is there", [])))]);

    /// <summary>That something refers to it.</summary>
    public const string UnlessReferred = "unless something refers to it";

    /// <summary>That it refers to something.</summary>
    public static string UnlessRefers(string list) => $"unless an item of {list} is what it refers to";

    static ImmutableArray<Asked> Of(RecordReader reader, string own, Shape shape)
    {
        List<Asked> asked = [.. OfPath(reader, own, shape), .. OfTests(reader, own)];
        if (reader.IsQuestion) asked.Add(new Asked("it", "is", [Text(((RouteStep.Holds)reader.Place.Resolved.Route.Steps[^1]).Value)]));
        if (reader.ByPosition) asked.Add(new Asked("it", "stands at", [Position(reader.Place.Path)]));
        if (reader.IsBorrowed) asked.AddRange(reader.Place.Groups.Select(group => new Asked($"an item of {PathOf(group.Key)}{Chosen(group)}", "is there", [])));
        return [.. asked.DistinctBy(one => one.ToString(), StringComparer.Ordinal)];
    }

    // What is read from elsewhere stands in none of the items of the groups around.
    static IEnumerable<Asked> OfPath(RecordReader reader, string own, Shape shape) =>
        (reader.IsBorrowed ? [reader.Place.Resolved] : reader.Place.Groups.Append(reader.Place.Resolved)).SelectMany(Demand.Chosen).Select(demand => demand.Key == own && !reader.IsQuestion ? Of(demand, shape) with { Subject = "it", Verb = "is" } : Of(demand, shape)).DistinctBy(one => one.ToString(), StringComparer.Ordinal);

    static string Chosen(Resolved group) => Demand.Chosen(group).Select(demand => $"{demand.Key[(demand.Key.LastIndexOf('/') + 1)..]}={string.Join(' ', demand.Values.Select(Text))}").ToList() is { Count: > 0 } chosen ? $"[{string.Join(',', chosen)}]" : "";

    // That a place is there goes without saying where it is read.
    static IEnumerable<Asked> OfTests(RecordReader reader, string own) => reader.Fact.Tests.Where(test => test.Place.Side == reader.Place.Side && !(test.Place.Key == own && test.Kind == ConditionKind.Present)).Select(test => new Asked(
        test.Place.Key == own ? "it" : AsWritten(test.Place),
        Verb(test.Kind, test.Place.Resolved.Shape),
        test.Kind is ConditionKind.Is or ConditionKind.Not ? [.. test.Values.Select(Text)] : []));

    // What the author asks stands there; what the groups around ask is said beside it.
    static string AsWritten(FieldPlace place) => place.Start.Length > 0 && place.Path.StartsWith(place.Start, StringComparison.Ordinal) ? Plain(place.Start) + place.Path[place.Start.Length..] : place.Path;

    // Without what is in brackets.
    static string Plain(string path)
    {
        var (plain, depth) = (new System.Text.StringBuilder(), 0);
        foreach (var letter in path)
        {
            if (letter == '[') depth++;
            if (depth == 0) plain.Append(letter);
            if (letter == ']') depth--;
        }

        return plain.ToString();
    }

    // Up to the position itself.
    static string Position(string path)
    {
        for (var end = path.LastIndexOf(']'); end > 0; end = path.LastIndexOf(']', end - 1))
        {
            var start = path.LastIndexOf('[', end);
            if (start >= 0 && end > start + 1 && path.AsSpan(start + 1, end - start - 1).ContainsAnyExceptInRange('0', '9') is false) return Plain(path[..start]) + path[start..(end + 1)];
        }

        return Plain(path);
    }

    static Asked Of(Demand demand, Shape shape) => new(
        PathOf(demand.Key), Verb(demand.Kind, JsonPointer.Segments(demand.Key) is { } path ? shape.At(path) : null), demand.Kind is ConditionKind.Is or ConditionKind.Not ? [.. demand.Values.Select(Text)] : []);

    static string Verb(ConditionKind kind, Shape? shape) => kind switch
    {
        ConditionKind.Present => "is there",
        ConditionKind.Absent => "is absent",
        ConditionKind.Not => "is not",
        _ => shape is ArrayShape ? "has" : "is",
    };

    static string Unless(ImmutableArray<ImmutableArray<Asked>> alternatives)
    {
        if (alternatives.Any(asked => asked.IsEmpty)) return "";

        // What asks more than another alternative adds nothing.
        var least = alternatives.DistinctBy(Text, StringComparer.Ordinal).ToList();
        least.RemoveAll(more => least.Exists(less => less.Length < more.Length && less.All(one => more.Any(other => other.ToString() == one.ToString()))));
        foreach (var subject in least.SelectMany(asked => asked).Select(one => (one.Subject, one.Verb)).Distinct().ToList()) least = Merged(least, subject);
        return least.Count == 0 ? "" : $"unless {string.Join("; or ", least.Select(Text).Order(StringComparer.Ordinal))}";
    }

    // Alternatives that differ in the values of one thing are one alternative, and what is there or absent asks nothing.
    static List<ImmutableArray<Asked>> Merged(List<ImmutableArray<Asked>> alternatives, (string Subject, string Verb) of)
    {
        return [.. alternatives.GroupBy(asked => asked.Count(IsOf) == 1 ? Text([.. asked.Select(one => IsOf(one) ? one with { Verb = "", Values = [] } : one)]) : Text(asked), StringComparer.Ordinal)
            .Select(same => same.Count() == 1 ? same.First() : [.. same.First().SelectMany(one => !IsOf(one) ? [one] : one.Values.IsEmpty ? ImmutableArray<Asked>.Empty : [one with { Values = [.. same.SelectMany(asked => asked.First(IsOf).Values).Distinct(StringComparer.Ordinal)] }])])];

        bool IsOf(Asked one) => one.Subject == of.Subject && (one.Verb == of.Verb || (one.Verb is "is there" or "is absent" && of.Verb is "is there" or "is absent"));
    }

    static string Text(ImmutableArray<Asked> asked) => string.Join(" and ", asked);

    static string Listed(ImmutableArray<string> values) => values.Order(StringComparer.Ordinal).ToList() is { Count: > 1 } all ? $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}" : string.Concat(values);

    // A value with a blank or a sign in it would not be told from the words around it.
    static string Text(JsonValue value) => Typed.TextOf(value) is { Length: > 0 } text && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':') ? text : value.ToString();

    static string PathOf(string key) => SampleBase.PathOf(key.Replace("/*", "", StringComparison.Ordinal));
}
