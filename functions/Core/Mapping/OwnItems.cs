using System.Collections.Immutable;

namespace Interop.Core.Mapping;

/// <summary>Whether what a group makes of an item depends on that item alone and stays in the one that is made of it: then it always makes the same of one.</summary>
static class OwnItems
{
    public static bool Are(Route from, Route to, ImmutableArray<Condition> claims, ImmutableArray<Instruction> body) => from.Many && to.Many && claims.IsEmpty && All(body, 0);

    static bool All(ImmutableArray<Instruction> body, int groups) => body.All(instruction => instruction switch
    {
        Instruction.Copy copy => Stays(copy.From, groups) && Stays(copy.To, groups),
        Instruction.Constant constant => Stays(constant.To, groups),
        Instruction.Expect expect => Stays(expect.From, groups),
        Instruction.Default standing => Stays(standing.To, groups),
        Instruction.Split split => Stays(split.From, groups) && split.To.All(to => Stays(to, groups)),
        Instruction.Join join => join.From.All(from => Stays(from, groups)) && Stays(join.To, groups),
        Instruction.Combine combine => combine.From.All(from => Stays(from, groups)) && combine.To.All(to => Stays(to, groups)),
        Instruction.Compute compute => compute.IsOfItem && Stays(compute.To, groups),
        Instruction.When asking => asking.Claims.IsEmpty && asking.Tests.All(test => Stays(test.Route, groups)) && All(asking.Body, groups),
        Instruction.Each each => each.Claims.IsEmpty && Stays(each.From, groups) && Stays(each.To, groups) && each.Tests.All(test => Stays(test.Route, groups + 1)) && All(each.Body, groups + 1),
        _ => false,
    });

    static bool Stays(Route route, int groups) => route.Up >= 0 && route.Up <= groups && !route.Steps.Any(step => step is RouteStep.Where where && where.Conditions.Any(condition => condition.Reference is not null));
}
