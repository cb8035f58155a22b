using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries lists of which fields read chosen items: items that no condition matches, two that one condition matches, items after the last position that is read.</summary>
sealed class ListProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxValues = 12;
    const int MaxPairs = 12;
    const int MaxRoom = 64;

    Side From => FieldFact.From(way);

    /// <summary>One step of a path that chooses items of a list.</summary>
    internal sealed record Choice(FieldFact Fact, FieldPlace Place, int At, RouteStep Step, string Key, string ListPath, string Path)
    {
        /// <summary>The place of the list itself.</summary>
        public FieldPlace List => Place with { Resolved = Place.Resolved with { Route = Place.Resolved.Route with { Steps = Place.Resolved.Route.Steps[..At], Many = false } } };

        public bool Repeats => Fact.Syntax is FieldSyntax.Each && At == Place.Resolved.Route.Steps.Length - 1 && Step is RouteStep.Where { Pick: null };
    }

    public void Try()
    {
        var reading = facts.Where(fact => fact.Reads(way)).ToList();
        var choices = reading.Where(fact => fact.Syntax is not FieldSyntax.Ignore).SelectMany(fact => fact[From].SelectMany(place => Choices(fact, place))).ToList();
        var whole = reading.SelectMany(fact => fact[From].Where(place => SampleValues.IsList(place) && (fact.Syntax is FieldSyntax.Copy or FieldSyntax.Ignore || fact.Syntax is FieldSyntax.Each)).Select(place => place.Key)).ToHashSet(StringComparer.Ordinal);
        foreach (var list in choices.GroupBy(choice => (choice.Key, choice.ListPath)).Where(list => !whole.Contains(list.Key.Key))) Unmatched([.. list]);
        foreach (var list in choices.Where(choice => choice.Step is RouteStep.Where).GroupBy(choice => choice.ListPath, StringComparer.Ordinal)) Order([.. list.DistinctBy(choice => choice.Path, StringComparer.Ordinal)]);
        foreach (var choice in choices.GroupBy(choice => choice.Path, StringComparer.Ordinal).Select(same => same.First())) Doubled(choice);
        foreach (var fact in reading.Where(fact => fact.Syntax is FieldSyntax.Each))
        {
            Crowded(fact, fact[From][0], fact[FieldFact.To(way)][0]);
            Lacking(fact, fact[From][0]);
        }
    }

    internal static IEnumerable<Choice> Choices(FieldFact fact, FieldPlace place)
    {
        var steps = place.Resolved.Route.Steps;
        var (path, key) = (place.Start, place.Key.Split('/'));
        var below = steps.Count(step => step is not RouteStep.Holds);
        for (var at = 0; at < steps.Length; at++)
        {
            switch (steps[at])
            {
                case RouteStep.Member member:
                    path = MappingPathParser.Join(path, member.Name);
                    break;
                case RouteStep.Index or RouteStep.Where:
                    var listPath = path;
                    path += TextOf(steps[at]);
                    yield return new Choice(fact, place, at, steps[at], string.Join('/', key[..^(below - at)]), listPath, path);
                    break;
            }
        }
    }

    static string TextOf(RouteStep step) => step switch
    {
        RouteStep.Index index => $"[{index.At}]",
        RouteStep.Where where => "[" + string.Join(",", where.Conditions.Select(condition => $"{string.Join('.', condition.Path)}={(condition.Literal is { } value ? Typed.TextOf(value) : condition.Reference!.Text)}")) + "]" + (where.Pick is { } pick ? $"[{pick}]" : ""),
        _ => "",
    };

    // Items whose discriminator has another value than those that fields ask for.
    void Unmatched(ImmutableArray<Choice> choices)
    {
        var byMember = choices.Where(choice => choice.Step is RouteStep.Where)
            .SelectMany(choice => ((RouteStep.Where)choice.Step).Conditions.Where(condition => condition.Literal is not null).Select(condition => (choice, condition)))
            .GroupBy(one => string.Join('.', one.condition.Path), StringComparer.Ordinal);
        foreach (var member in byMember.Take(1))
        {
            var (choice, condition) = member.First();
            if (samples.With(choice.Place, choice.Fact) is not var (document, _)) continue;
            var sample = new SampleDocument(document, samples.Shape);
            if (sample.Reach(choice.List) is not { Shape: ArrayShape list } spot) continue;
            var base0 = sample.ToJson();
            var used = member.Select(one => one.condition.Literal!.Value).ToHashSet();
            var dropped = new List<(JsonValue Value, Execution Execution)>();
            var without = trial.Execute(way, base0);
            foreach (var value in Others(list.Item.At(condition.Path), used))
            {
                var item = SampleEdit.With(ShapeSamples.Least(list.Item), condition.Path, condition.InList ? JsonValue.Of(value) : value);
                var with = JsonPointer.Replace(base0, spot.Pointer, (JsonPointer.Find(base0, spot.Pointer) ?? JsonValue.EmptyArray).Plus(item));
                if (trial.IsSpent || !trial.IsValid(From, with)) continue;
                var execution = trial.Execute(way, with);
                if (execution.Told == without.Told && execution.Refused.Length == without.Refused.Length) dropped.Add((value, execution));
            }

            if (dropped.Count == 0) continue;
            findings.Add(
                CheckRules.ItemsDropped, way, choice.ListPath, choice.Fact.Syntax.Place, CheckMessages.Dropped(choice.ListPath, member.Key, dropped.Select(one => CheckMessages.Preview(one.Value))),
                FindingList.Same([without, dropped[0].Execution]), condition: LossCondition.OfChoices(choices, samples.Shape));
        }
    }

    // Two items that different fields choose, in either order.
    void Order(ImmutableArray<Choice> choices)
    {
        foreach (var (one, other) in choices.SelectMany((one, at) => choices.Skip(at + 1).Select(other => (one, other))).Take(MaxPairs))
        {
            if (samples.With(one.Place, one.Fact) is not var (start, here)) continue;
            var sample = new SampleDocument(Taken(start, here, one), samples.Shape, keepsItems: true);
            if (sample.Reach(one.Place) is null || sample.Reach(other.Place) is null || sample.Reach(one.List) is not { } spot) continue;
            if (samples.Placed(sample.ToJson(), other.Place, other.Fact) is not var (placed, there)) continue;
            var document = Taken(placed, there, other);
            if (JsonPointer.Find(document, spot.Pointer) is not { Kind: JsonKind.Array, Count: > 1 } items) continue;
            var turned = JsonPointer.Replace(document, spot.Pointer, JsonValue.Of(items.Items.Reverse()));
            if (turned == document || trial.IsSpent || !trial.IsValid(From, document) || !trial.IsValid(From, turned)) continue;
            var (before, after) = (trial.Execute(way, document), trial.Execute(way, turned));
            if (!before.Refused.IsEmpty || !after.Refused.IsEmpty || before.Told != after.Told) continue;
            findings.Add(CheckRules.ItemOrder, way, one.ListPath, one.Fact.Syntax.Place, CheckMessages.ItemOrder(one.ListPath, one.Path, other.Path), FindingList.Turned(before, after, $"{spot.Pointer}/0", $"{spot.Pointer}/{items.Count - 1}"));
            return;
        }
    }

    // With a value that the field takes.
    JsonValue Taken(JsonValue document, string pointer, Choice choice) => samples.Values(choice.Fact, choice.Place) is [var value, ..] ? JsonPointer.Replace(document, pointer, value) : document;

    static IEnumerable<JsonValue> Others(Shape? shape, HashSet<JsonValue> used)
    {
        var one = (shape is ArrayShape list ? list.Item : shape) as ScalarShape;
        return one is null ? [] : ShapeSamples.Values(one).Where(value => !used.Contains(value)).Take(one.Allowed.IsEmpty ? 1 : MaxValues);
    }

    // Two items that one path matches, or one more than is read.
    void Doubled(Choice choice)
    {
        if (choice.Repeats && choice.Fact[FieldFact.To(way)].All(place => place.Resolved.Route.Many)) return;
        if (samples.With(choice.Place, choice.Fact) is not var (document, _)) return;
        var sample = new SampleDocument(document, samples.Shape);
        if (sample.Reach(choice.List) is not { Shape: ArrayShape { MaxItems: not 1 } } spot) return;
        var base0 = sample.ToJson();
        if (JsonPointer.Find(base0, spot.Pointer) is not { Kind: JsonKind.Array, Count: > 0 } items) return;
        if (choice.Step is RouteStep.Index { At: var last } && facts.Any(fact => fact[From].Any(place => Choices(fact, place).Any(other => other.Key == choice.Key && (other.Step is not RouteStep.Index || ((RouteStep.Index)other.Step).At > last))))) return;
        var matching = items[items.Count - 1];
        var with = JsonPointer.Replace(base0, spot.Pointer, items.Plus(Changed(matching, ((ArrayShape)spot.Shape).Item, choice.Step)));
        if (trial.IsSpent || !trial.IsValid(From, with)) return;
        var (one, two) = (trial.Execute(way, base0), trial.Execute(way, with));
        if (two.Refused.Any(problem => problem.Rule == "several") && one.Refused.All(problem => problem.Rule != "several"))
            findings.Add(CheckRules.Several, way, choice.Path, choice.Fact.Syntax.Place, CheckMessages.SeveralRefused(choice.Path), FindingList.Refused(two, two.Problems, spot.Pointer), choice.Fact.Syntax);
        else if (one.Told == two.Told)
            findings.Add(CheckRules.FirstOfSeveral, way, choice.Path, choice.Fact.Syntax.Place, CheckMessages.OnlyOne(choice.Path), FindingList.Same([one, two]), choice.Fact.Syntax);
    }

    // Items of a group, one more than the other side has room for.
    void Crowded(FieldFact fact, FieldPlace place, FieldPlace there)
    {
        if (!place.Resolved.Route.Many || place.Resolved.Route.Steps is [.., RouteStep.Where or RouteStep.Index] || place.Resolved.Shape is not ArrayShape list) return;
        if ((there.Resolved.Route.Many ? (there.Resolved.Shape as ArrayShape)?.MaxItems : 1) is not (<= MaxRoom and var room) || list.MaxItems <= room) return;
        var pointer = place.FirstPointer;
        var inner = facts.SelectMany(other => other[From].Where(one => one.Groups is [.., var group] && group.Key == place.Key).Select(one => (Fact: other, Place: one))).FirstOrDefault();
        var full = new[] { samples.Full(), inner.Place is not null && samples.With(inner.Place, inner.Fact) is var (document, _) ? document : JsonValue.Null }.FirstOrDefault(one => trial.IsValid(From, one) && JsonPointer.Find(one, pointer) is { Kind: JsonKind.Array, Count: > 0 });
        if (JsonPointer.Find(full, pointer) is not { Kind: JsonKind.Array, Count: > 0 } items) return;
        var (few, many) = (JsonPointer.Replace(full, pointer, JsonValue.Of(items[0])), JsonPointer.Replace(full, pointer, JsonValue.Of(Enumerable.Range(0, room + 1).Select(at => at == 0 ? items[0] : Changed(items[0], list.Item, place.Resolved.Route.Steps[^1])))));
        if (trial.IsSpent || !trial.IsValid(From, few) || !trial.IsValid(From, many)) return;
        var (one, more) = (trial.Execute(way, few), trial.Execute(way, many));
        if (more.Problems.FirstOrDefault(problem => problem.Rule is "several" or "max-items" && !one.Problems.Any(usual => usual.Rule == problem.Rule && usual.Path == problem.Path)) is not { } crowded) return;
        findings.Add(
            crowded.Rule == "several" || list.MaxItems is not null ? CheckRules.Several : CheckRules.OpenValues, way, place.Path, fact.Syntax.Place,
            CheckMessages.Refusal(place.Path, crowded.Message), FindingList.Refused(more, more.Problems, pointer), fact.Syntax);
    }

    // An item of the kind that a group reads, without what its condition asks besides.
    void Lacking(FieldFact fact, FieldPlace place)
    {
        var inner = facts.SelectMany(other => other.Reads(way) ? other[From].Where(one => one.Groups is [.., var group] && group.Key == place.Key && group.Route.Text == place.Resolved.Route.Text).Select(one => RecordReader.Of(other, one)) : []).ToList();
        if (!place.Resolved.Route.Many || inner.Count == 0 || samples.With(inner[0].Place, inner[0].Fact) is not var (document, pointer)) return;
        var item = string.Join('/', pointer.Split('/').Take(place.Key.Split('/').Length + (place.Key.EndsWith("/*", StringComparison.Ordinal) ? 0 : 1)));
        var list = item[..item.LastIndexOf('/')];
        foreach (var test in inner[0].Fact.Tests.Where(test => test.Place.Side == From && test.Kind is ConditionKind.Present or ConditionKind.Is && !fact.Tests.Contains(test) && JsonPointer.Covers(SampleBase.KeyOf(item), test.Place.Key)))
        {
            if (trial.IsSpent || SampleEdit.WithoutNearest(document, item + test.Place.FirstPointer[item.Length..], item, one => trial.IsValid(From, one)) is not { } less || !trial.IsValid(From, SampleEdit.Without(less, item))) continue;
            var (there, gone) = (trial.Execute(way, less), trial.Execute(way, SampleEdit.Without(less, item)));
            if (there.Told != gone.Told || there.Problems.Count() != gone.Problems.Count()) continue;
            var condition = LossCondition.Besides(inner, SampleBase.KeyOf(list), samples.Shape);
            findings.Add(CheckRules.ItemsDropped, way, place.Path, fact.Syntax.Place, CheckMessages.ItemLost(place.Path, condition), FindingList.Same([there, gone]), fact.Syntax, condition: condition);
        }
    }

    // Lists may want their items to differ: a text that no condition asks for is made longer.
    static JsonValue Changed(JsonValue item, Shape shape, RouteStep step) => item.Kind == JsonKind.Object && shape is ObjectShape known
        ? known.Members.Where(member => !(step is RouteStep.Where where && where.Conditions.Any(condition => condition.Path[0] == member.Name)) && item[member.Name].StringOrNull is not null && member.Shape is ScalarShape { Allowed.IsEmpty: true, Format: null, Patterns.IsEmpty: true }).Select(member => item.With(member.Name, item[member.Name].AsString() + "b")).FirstOrDefault(item)
        : item.StringOrNull is { } text ? text + "b" : item;
}
