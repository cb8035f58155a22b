using System.Collections.Immutable;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// Compiles the instructions of one direction. What it does not know, or what depends on the document in a way that cannot be laid out beforehand, is a reason; with a reason there is
/// no plan. One use, one plan.
/// </summary>
sealed class PlanCompiler
{
    readonly List<string> reasons;
    readonly MappingDirection way;
    int scopes = 1;

    PlanCompiler(MappingDirection way, List<string> reasons) => (this.way, this.reasons) = (way, reasons);

    /// <summary>A group while it is compiled.</summary>
    /// <param name="Number">Its place among <see cref="Emitter.Scopes"/>.</param>
    /// <param name="Item">The form of what it reads.</param>
    /// <param name="Outer">The group around.</param>
    sealed record Scope(int Number, Form Item, Scope? Outer)
    {
        public Scope Out(int up) => up == MappingPath.Document ? Outer?.Out(up) ?? this : up == 0 || Outer is null ? this : Outer.Out(up - 1);
    }

    /// <summary>Where a group's fields write.</summary>
    /// <param name="Place">The place.</param>
    /// <param name="Steps">What is done before it is written.</param>
    /// <param name="IsInner">Whether fields outside the group, that run later, may write there too: what a default does then depends on the order.</param>
    /// <param name="IsConditional">Whether the group is under a condition.</param>
    sealed record Spot(TargetPlace Place, List<Step> Steps, bool IsInner, bool IsConditional);

    public static CompiledPlan? Compile(ImmutableArray<Instruction> instructions, MappingDirection way, Form source, Form target, List<string> reasons)
    {
        var compiler = new PlanCompiler(way, reasons);
        var (root, steps) = (new TargetPlace(target), new List<Step>());
        compiler.Fields(instructions, new Scope(0, source, null), new Spot(root, steps, false, false));
        if (compiler.scopes > Emitter.MaxScopes) reasons.Add($"more than {Emitter.MaxScopes} groups");
        return reasons.Count == 0 ? new CompiledPlan(source, target, steps, root.Build()) : null;
    }

    void Fields(ImmutableArray<Instruction> instructions, Scope read, Spot write)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case Instruction.Copy copy: Copy(copy, read, write); break;
                case Instruction.Constant constant: Constant(constant, read, write); break;
                case Instruction.Default standing: Default(standing, read, write); break;
                case Instruction.Expect expect: Expected(expect, read, write); break;
                case Instruction.When { Tests.IsEmpty: false, Claims.IsEmpty: true } conditional: When(conditional, read, write); break;
                case Instruction.Each { Claims.IsEmpty: true } each: Each(each, read, write); break;
                default: reasons.Add($"{instruction.GetType().Name.ToLowerInvariant()} is not compiled"); break;
            }
        }
    }

    void Copy(Instruction.Copy copy, Scope read, Spot write)
    {
        if (Find(copy.From, read) is not var (from, source) || Reach(copy.To, write, make: true) is not { } place) return;
        var conversion = copy.Conversion;
        if (conversion.Form == ListForm.Paste ? conversion.Recipe is not Recipe.Exact : conversion.Form is not (ListForm.Same or ListForm.Wrap or ListForm.Unwrap or ListForm.Cut))
        {
            Refuse(copy.To, $"the list form {conversion.Form}");
            return;
        }

        // Where both sides are lists the items are converted; whether a value is one is known only from the document.
        var item = conversion.Form is not (ListForm.Unwrap or ListForm.Paste) && place.Form.Takes(Schemas.JsonTypes.Array) && place.Form.Item is { } of ? of : place.Form;
        var given = conversion.Form is ListForm.Paste or ListForm.Cut ? Form.Any : conversion.Form != ListForm.Wrap && source.Takes(Schemas.JsonTypes.Array) && source.Item is { } each ? each : source;
        var isUncertain = conversion.Form == ListForm.Same && (IsMixed(place.Form) || IsMixed(source) || place.Form.Takes(Schemas.JsonTypes.Array) != source.Takes(Schemas.JsonTypes.Array));
        var writer = WriterCompiler.Of(conversion, way, given, item);
        Target value = conversion.Form == ListForm.Same && conversion.Absent.IsNull && !source.Takes(Schemas.JsonTypes.Array | Schemas.JsonTypes.Object)
            ? new ScalarTarget(read.Number, from, writer)
            : new ValueTarget(read.Number, from, conversion.Form, writer, place.Form, conversion.Absent.IsNull ? [] : conversion.Absent.ToUtf8(), Encoding.UTF8.GetBytes(conversion.Separator));
        if (isUncertain) Refuse(copy.To, "a list on one side only");
        else if (!conversion.Absent.IsNull && !FormValue.Accepts(place.Form, conversion.Absent)) Refuse(copy.To, "a value for absence that is not sure to be allowed");
        else if (!place.Write(value, write.IsConditional)) Refuse(copy.To, "written twice");
    }

    static bool IsMixed(Form form) => form.Takes(Schemas.JsonTypes.Array) && form.Takes(Schemas.JsonTypes.Any & ~(Schemas.JsonTypes.Array | Schemas.JsonTypes.Null));

    void Constant(Instruction.Constant constant, Scope read, Spot write)
    {
        if (Reach(constant.To, write, make: true) is not { } place) return;
        if (!FormValue.Accepts(place.Form, constant.Value)) Refuse(constant.To, "a constant that is not sure to be allowed");
        else if (!place.Write(new ConstantTarget(read.Number, constant.Value.ToUtf8(), isCondition: false), write.IsConditional)) Refuse(constant.To, "written twice");
    }

    void Default(Instruction.Default standing, Scope read, Spot write)
    {
        if (write.IsInner)
        {
            Refuse(standing.To, "a default in a group that repeats nothing");
            return;
        }

        if (Reach(standing.To, write, make: false) is not { } place) return;
        if (!FormValue.Accepts(place.Form, standing.Value)) Refuse(standing.To, "a default that is not sure to be allowed");
        else if (!place.WriteDefault(read.Number, standing.Value.ToUtf8())) Refuse(standing.To, "two defaults");
    }

    void Expected(Instruction.Expect expect, Scope read, Spot write)
    {
        if (Find(expect.From, read) is not var (from, _)) return;
        TokenKind? kind = expect.Value.Kind switch
        {
            JsonKind.String => TokenKind.String,
            JsonKind.Number => TokenKind.Number,
            JsonKind.Boolean => expect.Value.AsBoolean() ? TokenKind.True : TokenKind.False,
            _ => null,
        };
        if (kind is not { } known) Refuse(expect.From, "a constant with parts");
        else write.Steps.Add(new Expect(read.Number, from, known, known is TokenKind.True or TokenKind.False ? [] : Encoding.UTF8.GetBytes(Typed.TextOf(expect.Value)!)));
    }

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
        if (Inner(each.To, group, write) is { } place) Fields(each.Body, inner, place);
    }

    void When(Instruction.When conditional, Scope read, Spot write)
    {
        var inner = read with { Number = scopes++ };
        if (Tests(conditional.Tests, read) is not { } tests) return;
        write.Steps.Add(new When(inner.Number, read.Number, tests));
        Fields(conditional.Body, inner, write with { IsInner = true, IsConditional = true });
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

    /// <summary>Where a path leads in the document that is read, and the form of what is there; null with a reason.</summary>
    (Lookup From, Form Form)? Find(Route route, Scope scope)
    {
        var start = scope.Out(route.Up);
        var (here, steps) = (start.Item, new List<LookupStep>());
        foreach (var step in route.Steps)
        {
            LookupStep? found = null;
            switch (step)
            {
                case RouteStep.Member member when here.Names.IndexOf(member.Name) is >= 0 and var at:
                    (found, here) = (new LookupStep.Member(at), here.Members[at]);
                    break;
                case RouteStep.Index index when here.Item is { } item:
                    (found, here) = (new LookupStep.Index(index.At), item);
                    break;
                case RouteStep.Where where when here.Item is { } item:
                    if (FilterOf(where, item, scope, route) is not { } filter) return null;
                    (found, here) = (new LookupStep.Where(filter, where.Pick), item);
                    break;
            }

            if (found is null)
            {
                Refuse(route, $"{step.GetType().Name.ToLowerInvariant()} in a path that is read");
                return null;
            }

            steps.Add(found);
        }

        return (new Lookup(start.Number, [.. steps]), here);
    }

    Filter? FilterOf(RouteStep.Where where, Form item, Scope scope, Route route)
    {
        var conditions = new List<ItemCondition>();
        foreach (var condition in where.Conditions)
        {
            var (here, path) = (item, new List<int>());
            foreach (var name in condition.Path)
            {
                var at = here.Names.IndexOf(name);
                if (at < 0) break;
                path.Add(at);
                here = here.Members[at];
            }

            ItemCondition? made = null;
            if (path.Count == condition.Path.Length && condition.Literal is { } literal) made = ItemCondition.Of([.. path], literal);
            else if (path.Count == condition.Path.Length && condition.Reference is { } reference && Find(reference, scope) is var (from, _)) made = new ItemCondition([.. path], null, TokenKind.String, from);
            if (made is null)
            {
                Refuse(route, "a condition that is not compiled");
                return null;
            }

            conditions.Add(made);
        }

        return new Filter([.. conditions]);
    }

    /// <summary>The place that a path writes to; null with a reason, and without one for a default of an item that nothing makes.</summary>
    TargetPlace? Reach(Route route, Spot write, bool make)
    {
        var here = route.Up == 0 ? write.Place : null;
        foreach (var step in route.Steps)
        {
            if (!make && here is not null && (step is RouteStep.Where { Pick: null } absent ? here.HasNone(absent) : step is RouteStep.Index && here.IsFree)) return null;
            here = step switch
            {
                RouteStep.Member member => here?.Member(member.Name),
                RouteStep.Index index => here?.Positioned(index.At, make),
                RouteStep.Where { Pick: null } where when here?.Named(where, make) is var (item, isNew) && (!isNew || Conditions(where, item, 0)) => item,
                _ => null,
            };
        }

        if (here is null) Refuse(route, "a place that cannot be laid out beforehand");
        return here;
    }

    bool Conditions(RouteStep.Where where, TargetPlace item, int scope)
    {
        foreach (var condition in where.Conditions)
        {
            var place = item;
            foreach (var name in condition.Path) place = place?.Member(name);
            var value = condition.InList ? JsonValue.Of(condition.Literal!.Value) : condition.Literal!.Value;
            if (place is null || !FormValue.Accepts(place.Form, value) || !place.Write(new ConstantTarget(scope, value.ToUtf8(), isCondition: true))) return false;
        }

        return true;
    }

    void Refuse(Route route, string what) => reasons.Add($"{route.Text}: {what}");
}
