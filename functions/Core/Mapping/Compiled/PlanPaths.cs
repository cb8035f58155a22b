using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

// Paths: where they lead in what is read, and the places of what is written.
sealed partial class PlanCompiler
{
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
}
