using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

// Groups of fields: repeated, and under a condition.
sealed partial class DefinitionCompiler
{
    void Each(FieldSyntax.Each field, MappingDirection ways, FieldGroup group)
    {
        if (Resolve(field.Source, Side.Source, group) is not { } source || Resolve(field.Canonical, Side.Canonical, group) is not { } canonical) return;
        if (field.Key is not null && Members(field, source, canonical) is null) return;
        groups++;
        var inner = new FieldGroup(
            Inner(source, field, Side.Source, ways, group), Inner(canonical, field, Side.Canonical, ways, group), group.ReadsSource, group.ReadsCanonical, ways);
        var conditions = Conditions(field.When, ways, inner);
        var key = field.Key is null ? null : Key(field.Key, Members(field, source, canonical)!.Value, ways, inner);
        if (field.Key is not null && key is null) return;
        var plan = Fields(field.Fields, Guarded(inner, conditions));
        foreach (var way in Ways(ways))
        {
            var (from, to, body) = way == MappingDirection.In ? (source, canonical, plan.In) : (canonical, source, plan.Out);
            // On a way that none of its fields writes it would make items that hold nothing.
            if (body.IsEmpty && key is null && !field.Fields.IsEmpty && Routes(conditions, Target(way)).IsEmpty) continue;
            var each = new Instruction.Each(from.Route, to.Route, Routes(conditions, Read(way)), Routes(conditions, Target(way)), body);
            group.Instructions(way).Add(
                key is null ? each
                : Members(field, source, canonical) == Read(way) ? new Instruction.FromMembers(from.Route, to.Route, key.Value.Route, Of(key.Value.Converter, way), each)
                : new Instruction.ToMembers(from.Route, to.Route, key.Value.Route, Of(key.Value.Converter, way), each));
        }
    }

    static Func<JsonValue, Converted> Of(Converter converter, MappingDirection way) => way == MappingDirection.In ? converter.In : converter.Out;

    /// <summary>The side on which the items are members of an object; null after a problem.</summary>
    Side? Members(FieldSyntax.Each field, Resolved source, Resolved canonical)
    {
        if (field.Key is null) return null;
        if (IsMembers(source) && canonical.Route.Many) return Side.Source;
        if (IsMembers(canonical) && source.Route.Many) return Side.Canonical;
        unresolved = true;
        problems.Add(field.Key.Path.Place, "key", MappingMessages.KeyNeedsMembers, value: field.Key.Path.Path.Text);
        return null;
    }

    static bool IsMembers(Resolved side) => side is { Shape: ObjectShape { Members.IsEmpty: true, Closed: false }, Route.Many: false };

    (Route Route, Converter Converter)? Key(KeySyntax syntax, Side members, MappingDirection ways, FieldGroup group)
    {
        var side = members == Side.Source ? Side.Canonical : Side.Source;
        if (Resolve(syntax.Path, side, group) is not { } key) return null;
        Use(key, side, ways, syntax.Path.Place, group);
        var types = TypeCheck.ItemTypes(key);
        if (syntax.Converter is not null)
            return (members == Side.Source ? Made(syntax.Converter, JsonTypes.String, types, lossIsAccepted: false) : Made(syntax.Converter, types, JsonTypes.String, lossIsAccepted: false)) is { } made
                ? (key.Route, made)
                : null;
        if ((types & JsonTypes.String) != JsonTypes.None) return (key.Route, Converter.Exact);
        problems.Add(syntax.Path.Place, "type-clash", MappingMessages.WholeIsText(key.Route.Text, types), value: key.Route.Text);
        return null;
    }

    void Group(FieldSyntax.Group field, MappingDirection ways, FieldGroup group)
    {
        // On a way that none of its fields goes it tests and claims nothing.
        if (!field.Fields.IsEmpty) ways &= WaysOf(field.Fields);
        var conditions = Conditions(field.When, ways, group);
        foreach (var way in Ways(ways))
        {
            if (Routes(conditions, Read(way)).IsEmpty) conditions = [.. conditions, .. ConstantsOf(field.Fields, Read(way), group)];
        }

        var plan = Fields(field.Fields, Guarded(group with { Ways = ways }, conditions));
        foreach (var way in Ways(ways))
        {
            group.Instructions(way).Add(new Instruction.When(Routes(conditions, Read(way)), StatedRoutes(conditions, Target(way)), way == MappingDirection.In ? plan.In : plan.Out));
        }
    }

    static MappingDirection WaysOf(ImmutableArray<FieldSyntax> fields) =>
        fields.Aggregate(MappingDirection.None, (ways, field) => ways | (field is FieldSyntax.Group { Fields.IsEmpty: false } group ? group.Ways & WaysOf(group.Fields) : field.Ways));

    // A group that has no condition on the side that is read is told by its constants there.
    IEnumerable<GroupCondition> ConstantsOf(ImmutableArray<FieldSyntax> fields, Side side, FieldGroup group)
    {
        foreach (var constant in fields.OfType<FieldSyntax.Constant>().Where(constant => constant.Side == side))
        {
            // What is wrong with it is told when the field itself is compiled.
            var unheard = new ProblemList();
            if (Resolver.Resolve(constant.Path, group[side], "", unheard) is { } target && TypeCheck.Constant(constant.Value, target, unheard) is { } value)
                yield return new GroupCondition(side, PlaceOf(target, group[side]), new Condition(target.Route, ConditionKind.Is, [value], OfList: false), Stated: false);
        }
    }

    ImmutableArray<GroupCondition> Conditions(ImmutableArray<ConditionSyntax> when, MappingDirection ways, FieldGroup group) =>
        [.. when.Select(one => Condition(one, ways, group)).OfType<GroupCondition>()];

    GroupCondition? Condition(ConditionSyntax syntax, MappingDirection ways, FieldGroup group)
    {
        if (Resolve(syntax.Path, syntax.Side, group) is not { } target) return null;
        var list = target.Shape as ArrayShape;
        var item = list is null ? target : target with { Shape = list.Item, Types = list.Item.Types };
        var values = syntax.Values.Select(node => TypeCheck.Constant(node, item, problems)).ToImmutableArray();
        if (values.Any(value => value is null)) return null;
        foreach (var place in target.Conditions) ReadIfSource(place, syntax.Side);
        ReadIfSource(target.Key, syntax.Side);
        if (Writes(syntax.Side, ways))
        {
            RefuseReference(target, syntax.Path.Place);
            Written(target, syntax.Path.Place, group);
        }

        return new GroupCondition(
            syntax.Side, PlaceOf(target, group[syntax.Side]), new Condition(target.Route, syntax.Kind, [.. values.Select(value => value!.Value)], list is not null), Stated: true);
    }

    static FieldGroup Guarded(FieldGroup group, ImmutableArray<GroupCondition> conditions) => new(
        group.Source,
        group.Canonical,
        group.ReadsSource.And(conditions.Where(one => one.Side == Side.Source).Select(one => (one.Place, one.Condition))),
        group.ReadsCanonical.And(conditions.Where(one => one.Side == Side.Canonical).Select(one => (one.Place, one.Condition))),
        group.Ways);

    static ImmutableArray<Condition> Routes(ImmutableArray<GroupCondition> conditions, Side side) => [.. conditions.Where(one => one.Side == side).Select(one => one.Condition)];

    static ImmutableArray<Condition> StatedRoutes(ImmutableArray<GroupCondition> conditions, Side side) => Routes([.. conditions.Where(one => one.Stated)], side);

    static string PlaceOf(Resolved target, ShapeScope scope) => $"{scope.Key}|{target.Route.Up}|{target.Route.Text}";

    static Side Read(MappingDirection way) => way == MappingDirection.In ? Side.Source : Side.Canonical;

    ShapeScope Inner(Resolved list, FieldSyntax.Each field, Side side, MappingDirection ways, FieldGroup group)
    {
        var path = side == Side.Source ? field.Source : field.Canonical;
        var byKey = field.Key is not null && IsMembers(list);
        foreach (var condition in list.Conditions) ReadIfSource(condition, side);
        var place = new WrittenPlace(path.Place);
        var (item, key) = (list.Shape, list.Key);
        var selected = list.Route.Steps is [.., RouteStep.Where { Pick: null }];
        if (Writes(side, ways))
        {
            RefuseReference(list, path.Place);
            var parent = Written(selected ? list with { WriteKeys = list.WriteKeys[..^1] } : list, path.Place, group);
            place = parent ?? place;
            if ((list.Route.Many || byKey) && parent is not null)
            {
                place = parent.Below(string.Create(CultureInfo.InvariantCulture, $"#{groups}"), path.Place);
                if (selected) NoteConditions(place, list.WriteKeys[^1], path.Place);
            }
        }

        if (list.Route.Many && !selected && list.Shape is ArrayShape array) (item, key) = (array.Item, key + "/*");
        if (byKey) (item, key) = (((ObjectShape)list.Shape).Additional!, key + "/*");
        return new ShapeScope(item, key, place, group[side]);
    }

    /// <param name="Side">The side it asks.</param>
    /// <param name="Place">The place, for <see cref="Guard"/>.</param>
    /// <param name="Condition">What it asks.</param>
    /// <param name="Stated">Whether the author stated it under <c>when</c>.</param>
    sealed record GroupCondition(Side Side, string Place, Condition Condition, bool Stated);
}
