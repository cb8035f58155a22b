using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Runs branches side by side. The first to fail fails the fork; if they compete, the first to end ends it.</summary>
static class Forks
{
    public static Advance<Work> Begin(Turn turn, ForkTask task, View view, Scope scope) =>
        Each(turn, task, view, [], task.Branches.Tasks.Length, at => Frames.Begin(turn, task.Branches.Tasks[at], view.Input, scope));

    public static Advance<Work> Resume(Turn turn, ForkTask task, View view, Forking forking, Happening happening, Scope scope)
    {
        var advance = Each(turn, task, view, forking.Branches, forking.Branches.Length, at => forking.Branches[at].Child is { } child ? Frames.Resume(turn, child, happening, scope) : null);
        return advance is Going<Work> { State: Forking next } && next.Branches.SequenceEqual(forking.Branches, Unchanged.Comparer) ? new Going<Work>(forking) : advance;
    }

    // Goes through the branches in order; those that end or fail the fork stop the others, begun or not.
    static Advance<Work> Each(Turn turn, ForkTask task, View view, ImmutableArray<Branch> before, int count, Func<int, Advance<Frame>?> advance)
    {
        var branches = before.ToList();
        for (var at = 0; at < count; at++)
        {
            var so = advance(at);
            if (so is null) continue;
            var branch = so is Going<Frame> going ? new Branch(going.State, JsonValue.Null) : new Branch(null, so is Ended<Frame> done ? done.Output : JsonValue.Null);
            if (at < branches.Count) branches[at] = branch;
            else branches.Add(branch);
            if (so is Failed<Frame> || (so is Ended<Frame> ended && (task.Competes || ended.Flow?.Kind == FlowKind.End)))
            {
                foreach (var other in branches) if (other.Child is { } child) turn.Cancel(child);
                return so is Failed<Frame> failed ? new Failed<Work>(failed.Error, Stopped(task, view, branches, at, failed.At, turn)) : new Ended<Work>(((Ended<Frame>)so).Output, Bodies.EndOnly(((Ended<Frame>)so).Flow));
            }
        }

        return branches.TrueForAll(branch => branch.Child is null)
            ? new Ended<Work>(JsonValue.Of(branches.Select(branch => branch.Output)))
            : new Going<Work>(new Forking([.. branches]));
    }

    // Where the fork stood when a branch failed: those that have ended keep what they gave, those stopped go on at the tasks they were in, and those not begun begin.
    static Forking? Stopped(ForkTask task, View view, List<Branch> branches, int at, Frame? failed, Turn turn) => failed is null ? null : new Forking(
    [
        .. branches.Select((branch, place) => place == at ? new Branch(failed, JsonValue.Null) : branch.Child is { } child ? new Branch(Stop(child), JsonValue.Null) : branch),
        .. task.Branches.Tasks.Skip(branches.Count).Select(next => new Branch(new Frame(next.Pointer, view.Input, view.Input, turn.At, null, new Broken(false)), JsonValue.Null)),
    ]);

    static Frame Stop(Frame frame) => frame with { Timeout = null, Work = Stop(frame.Work) };

    // What waited for an effect is begun anew, since the effect was taken back; a listen goes on with what it has.
    static Work Stop(Work work) => work switch
    {
        Listed listed => Stop(listed),
        Looping looping => looping with { Body = Stop(looping.Body) },
        Forking forking => new Forking([.. forking.Branches.Select(branch => branch.Child is { } child ? new Branch(Stop(child), JsonValue.Null) : branch)]),
        Trying trying => trying with { Limit = null, Body = Stop(trying.Body) },
        Catching catching => catching with { Body = Stop(catching.Body) },
        Listening { Iteration: { Body: { } body } round } listening => listening with { Iteration = round with { Body = Stop(body) } },
        Listening listening => listening,
        InFunction function => new InFunction(Stop(function.Child)),
        Extending extending => extending with { Body = Stop(extending.Body) },
        _ => new Broken(false),
    };

    static Listed Stop(Listed listed) => listed with { Child = Stop(listed.Child) };

    sealed class Unchanged : IEqualityComparer<Branch>
    {
        public static Unchanged Comparer { get; } = new();

        public bool Equals(Branch? left, Branch? right) => ReferenceEquals(left, right) || (left?.Child is { } child && ReferenceEquals(child, right?.Child));

        public int GetHashCode(Branch branch) => 0;
    }
}
