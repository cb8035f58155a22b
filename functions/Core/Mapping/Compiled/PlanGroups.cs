using System.Collections.Immutable;

namespace Interop.Core.Mapping.Compiled;

// Groups: repeated, under conditions of what is read, and with conditions of what is written.
sealed partial class PlanCompiler
{
    void Each(Instruction.Each each, Scope read, Spot write)
    {
        var (steps, filtered) = (each.From.Steps, each.From.Many && each.From.Steps is [.., RouteStep.Where { Pick: null }]);
        var list = filtered ? each.From with { Steps = steps[..^1] } : each.From;
        if (Find(list, read) is not var (from, source)) return;
        var item = each.From.Many ? source.Item : source;
        if (item is null)
        {
            Refuse(each.From, "a list without items");
            return;
        }

        var conditions = filtered ? FilterOf((RouteStep.Where)steps[^1], item, read, each.From) : null;
        if (filtered && conditions is null) return;
        var inner = new Scope(scopes++, item, read);
        if (Tests(each.Tests, inner) is not { } tests) return;
        var group = new Group(inner.Number, read.Number, from, each.From.Many, conditions, tests, []);
        if (Inner(each.To, group, write) is not { } place) return;
        Fields(each.Body, inner, place);
        foreach (var claim in each.Claims) Claimed(claim, inner.Number, [], place);
    }

    void When(Instruction.When conditional, Scope read, Spot write)
    {
        var isTested = !conditional.Tests.IsEmpty;
        if (!isTested && !conditional.Claims.IsEmpty && conditional.Body.Any(one => one is Instruction.Constant or Instruction.Default))
        {
            reasons.Add("a constant in a group that counts only if another field is written");
            return;
        }

        var inner = read;
        if (isTested)
        {
            inner = read with { Number = scopes++ };
            if (Tests(conditional.Tests, read) is not { } tests) return;
            write.Steps.Add(new When(inner.Number, read.Number, tests));
        }

        Fields(conditional.Body, inner, write with { IsInner = true, IsConditional = write.IsConditional || isTested || !conditional.Claims.IsEmpty });
        var signals = isTested ? [] : conditional.Body.Where(one => one is not Instruction.Expect).Select(one => SignalOf(one, read)).ToList();
        if (!isTested && signals.Count == 0) return;
        foreach (var claim in conditional.Claims) Claimed(claim, inner.Number, signals, write);
    }

    /// <summary>What a field reads, so that the field writes nothing where nothing is found.</summary>
    /// <param name="From">Where it reads; null if it may write in any case.</param>
    /// <param name="IsSure">Whether it writes wherever something is found.</param>
    sealed record Signal(Lookup? From, bool IsSure);

    Signal SignalOf(Instruction instruction, Scope read)
    {
        if (instruction is not Instruction.Copy { Conversion: { Absent.IsNull: true } conversion } copy || Find(copy.From, read) is not var (from, given)) return new Signal(null, IsSure: false);
        var isSure = conversion.Form == ListForm.Same && !given.Takes(Schemas.JsonTypes.Array | Schemas.JsonTypes.Object)
            && conversion.Recipe is Recipe.Exact or Recipe.Date or Recipe.DateTime or Recipe.Number or Recipe.Postcode or Recipe.Telephone;
        return new Signal(from, isSure);
    }

    /// <summary>Notes what must hold of what is written once a group counts.</summary>
    /// <param name="claim">What must hold.</param>
    /// <param name="scope">The group.</param>
    /// <param name="signals">What its fields read, if it counts only where one of them finds something.</param>
    /// <param name="write">Where the group writes.</param>
    void Claimed(Condition claim, int scope, List<Signal> signals, Spot write)
    {
        var isSet = claim.Kind == ConditionKind.Is && claim.Values.Length == 1;
        if (claim.Route.Steps.Any(step => step is not RouteStep.Member)) Refuse(claim.Route, "a condition of an item that is written");
        else if (isSet && (claim.OfList || !signals.TrueForAll(signal => signal.IsSure))) Refuse(claim.Route, "a condition that is written with its group");
        else if (Reach(claim.Route, write, make: true) is { } place)
        {
            if (isSet && !FormValue.Accepts(place.Form, claim.Values[0])) Refuse(claim.Route, "a condition that is not sure to be allowed");
            else if (!place.Claim(new Claim(scope, signals.Exists(signal => signal.From is null) ? [] : [.. signals.Select(signal => signal.From!)], claim, isSet ? claim.Values[0].ToUtf8() : null))) Refuse(claim.Route, "a default beside a condition");
        }
    }

    GroupTest[]? Tests(ImmutableArray<Condition> conditions, Scope read)
    {
        var tests = new List<GroupTest>();
        foreach (var condition in conditions)
        {
            if (Find(condition.Route, read) is not var (from, _)) return null;
            var values = condition.Values.IsDefault ? [] : condition.Values.Select(value => ItemCondition.Of([], value)).ToList();
            if (values.Contains(null))
            {
                Refuse(condition.Route, "a condition that compares numbers");
                return null;
            }

            tests.Add(new GroupTest(from, condition.Kind, [.. values.OfType<ItemCondition>()]));
        }

        return [.. tests];
    }

    Spot? Inner(Route to, Group group, Spot write)
    {
        var where = to.Steps is [.., RouteStep.Where { Pick: null } last] ? last : null;
        if (!to.Many)
        {
            if (Reach(to, write, make: true) is not { } place) return null;
            write.Steps.Add(new Bind(group));
            return write with { Place = place, IsInner = true };
        }

        if (Reach(where is null ? to : to with { Steps = to.Steps[..^1] }, write, make: true) is not { } list) return null;
        if (list.Repeated(group) is not { } item || (where is not null && !Conditions(where, item, group.Scope)))
        {
            Refuse(to, "items that the definition cannot order");
            return null;
        }

        return new Spot(item, group.Inner, IsInner: false, IsConditional: false);
    }
}
