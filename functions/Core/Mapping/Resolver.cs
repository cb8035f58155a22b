using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>What a path means on one side.</summary>
/// <param name="Route">The compiled path.</param>
/// <param name="Shape">What stands there.</param>
/// <param name="Types">The types of what stands there; a question (<c>[=x]</c>) is a boolean.</param>
/// <param name="Key">Its place for <see cref="ReadPlaces"/>.</param>
/// <param name="Conditions">The places that its conditions read.</param>
/// <param name="WriteKeys">The names from the scope's <see cref="WrittenPlace"/> to it, each with the members its conditions write.</param>
sealed record Resolved(Route Route, Shape Shape, JsonTypes Types, string Key, ImmutableArray<string> Conditions, ImmutableArray<WriteKey> WriteKeys)
{
    public Side Side { get; init; }

    public bool HasReference => Route.Steps.OfType<RouteStep.Where>().Any(where => where.Conditions.Any(condition => condition.Reference is not null));
}

/// <param name="Name">A member's name, or a selector as written.</param>
/// <param name="Members">The members that a discriminator writes.</param>
readonly record struct WriteKey(string Name, ImmutableArray<RouteCondition> Members);

/// <summary>Finds what a path means in a schema, step by step; what the schema does not have is a problem.</summary>
sealed class Resolver
{
    readonly PathSyntax syntax;
    readonly ShapeScope scope;
    readonly string side;
    readonly ProblemList problems;
    readonly ImmutableArray<RouteStep>.Builder steps = ImmutableArray.CreateBuilder<RouteStep>();
    readonly ImmutableArray<string>.Builder conditionPlaces = ImmutableArray.CreateBuilder<string>();
    readonly ImmutableArray<WriteKey>.Builder keys = ImmutableArray.CreateBuilder<WriteKey>();
    Shape here;
    JsonTypes? question;
    string key;
    bool selected;

    Resolver(PathSyntax syntax, ShapeScope start, ShapeScope scope, string side, ProblemList problems)
    {
        (this.syntax, this.scope, this.side, this.problems) = (syntax, scope, side, problems);
        (here, key) = (start.Item, start.Key);
    }

    /// <summary>What the path means; null after a problem.</summary>
    /// <param name="syntax">The path.</param>
    /// <param name="scope">The group that the field stands in.</param>
    /// <param name="side">The side's name in messages.</param>
    /// <param name="problems">Where problems are put.</param>
    public static Resolved? Resolve(PathSyntax syntax, ShapeScope scope, string side, ProblemList problems)
    {
        if (scope.Out(syntax.Path.Up) is not { } start)
        {
            problems.Add(syntax.Place, "path", MappingMessages.NoOuterGroup(syntax.Path.Text), value: syntax.Path.Text);
            return null;
        }

        return new Resolver(syntax, start, scope, side, problems).Run();
    }

    Resolved? Run()
    {
        var path = syntax.Path.Steps;
        for (var at = 0; at < path.Length; at++)
        {
            var taken = path[at] switch
            {
                PathStep.Member member => Member(member.Name),
                PathStep.Index index => Index(index.At),
                PathStep.Where where => Where(where, Pick(path, ref at)),
                PathStep.Holds holds => Holds(holds.Value, isLast: at == path.Length - 1),
                _ => throw new InvalidOperationException($"Unknown step {path[at]}."),
            };
            if (!taken) return null;
        }

        var many = question is null && ((steps.Count > 0 && steps[^1] is RouteStep.Where { Pick: null }) || (!selected && here is ArrayShape));
        return new Resolved(
            new Route(syntax.Path.Text, syntax.Path.Up, steps.ToImmutable(), many), here, question ?? here.Types, key, conditionPlaces.ToImmutable(), keys.ToImmutable());
    }

    // A position right after conditions picks one of those that match.
    static int? Pick(ImmutableArray<PathStep> path, ref int at) => at + 1 < path.Length && path[at + 1] is PathStep.Index index && ++at > 0 ? index.At : null;

    bool Member(string name)
    {
        if (Member(here, name) is not { } next) return false;
        steps.Add(new RouteStep.Member(name));
        keys.Add(new WriteKey(name, []));
        key += RouteStep.Member.SegmentOf(name);
        (here, selected) = (next, false);
        return true;
    }

    Shape? Member(Shape from, string name)
    {
        switch (from)
        {
            case AnyShape:
                return from;
            case ObjectShape known when known.Member(name) is { } member:
                return member.Shape;
            case ObjectShape { Additional: { } additional } open when additional is not AnyShape || open.Members.IsEmpty:
                return additional;
            case ObjectShape known:
                var meant = Spelling.Nearest(name, known.Members.Select(member => member.Name));
                return Wrong("unknown-path", MappingMessages.UnknownPath(syntax.Path.Text, side, name, meant, known.Members.Select(member => member.Name)));
            case ArrayShape:
                return Wrong("path", MappingMessages.ListWithoutSelector(syntax.Path.Text, name));
            default:
                return Wrong("unknown-path", MappingMessages.NoMembers(syntax.Path.Text, side, name));
        }
    }

    Shape? Wrong(string rule, string message)
    {
        problems.Add(syntax.Place, rule, message, value: syntax.Path.Text);
        return null;
    }

    Shape? Item() => here switch
    {
        AnyShape => here,
        ArrayShape list => list.Item,
        _ => Wrong("path", MappingMessages.NoList(syntax.Path.Text, side)),
    };

    bool Index(int at)
    {
        if (Item() is not { } item) return false;
        Select(new RouteStep.Index(at), $"[{at}]", [], item);
        return true;
    }

    bool Where(PathStep.Where where, int? pick)
    {
        if (Item() is not { } item) return false;
        var conditions = where.Conditions.Select(condition => Condition(condition, item)).ToImmutableArray();
        if (conditions.Any(condition => condition is null)) return false;
        var text = string.Join(",", where.Conditions.Select(condition => $"{string.Join('.', condition.Path)}={condition.Literal ?? condition.Reference!.Text}"));
        Select(new RouteStep.Where(conditions!, pick), $"[{text}]" + (pick is null ? "" : $"[{pick}]"), conditions!, item);
        return true;
    }

    void Select(RouteStep step, string name, ImmutableArray<RouteCondition> members, Shape item)
    {
        steps.Add(step);
        keys.Add(new WriteKey(name, members));
        key += "/*";
        (here, selected) = (item, true);
    }

    RouteCondition? Condition(PathCondition condition, Shape item)
    {
        Shape? at = item;
        var place = key + "/*";
        foreach (var name in condition.Path)
        {
            at = at is null ? null : Member(at, name);
            place += RouteStep.Member.SegmentOf(name);
        }

        if (at is null) return null;
        conditionPlaces.Add(place);
        var inList = at is ArrayShape;
        var value = at is ArrayShape list ? list.Item : at;
        if (condition.Reference is { } reference)
        {
            if (Resolve(new PathSyntax(reference, syntax.Place), scope, side, problems) is not { } target) return null;
            conditionPlaces.Add(target.Key);
            conditionPlaces.AddRange(target.Conditions);
            return new RouteCondition(condition.Path, inList, null, target.Route);
        }

        return Literal(condition.Literal!, value) is { } literal ? new RouteCondition(condition.Path, inList, literal, null) : null;
    }

    bool Holds(string value, bool isLast)
    {
        if (!isLast)
        {
            Wrong("path", MappingMessages.QuestionNotLast(syntax.Path.Text));
            return false;
        }

        if (Item() is not { } item || Literal(value, item) is not { } literal) return false;
        steps.Add(new RouteStep.Holds(literal));
        keys.Add(new WriteKey($"[={value}]", []));
        question = JsonTypes.Boolean;
        return true;
    }

    JsonValue? Literal(string text, Shape shape)
    {
        var value = Typed.Text(text, shape.Types);
        if (value is { } found && (shape is not ScalarShape { Allowed: { IsEmpty: false } allowed } || allowed.Contains(found))) return found;
        Wrong("type-clash", MappingMessages.NotAllowed(text, shape));
        return null;
    }
}
