using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Calls: of the host, over HTTP, and of the definition's own functions.</summary>
static class Calls
{
    public static Advance<Work> Begin(Turn turn, View view, Scope scope)
    {
        var caught = scope.MayCatchCall(view.Task.Pointer);
        switch (view.Task)
        {
            case CallTask task:
                if (turn.Evaluate(task.With, view.Input, view, scope, out var with) is { } wrong) return new Failed<Work>(wrong);
                return new Going<Work>(new Calling(turn.Request(task.Pointer, id => new Effect.CallFunction(id, task.Pointer, task.Function, with, caught)), task.Function));
            case CallHttpTask task:
                if (turn.Evaluate(task.With, view.Input, view, scope, out var request) is { } unsendable) return new Failed<Work>(unsendable);
                return new Going<Work>(new Calling(turn.Request(task.Pointer, id => new Effect.CallHttp(id, task.Pointer, request, caught)), "http"));
            default:
                return Own(turn, (CallOwnTask)view.Task, view, scope);
        }
    }

    public static Advance<Work> Resume(Turn turn, View view, Work work, Happening happening, Scope scope)
    {
        if (work is InFunction function)
        {
            var advance = Frames.Resume(turn, function.Child, happening, scope.OfFunction());
            return advance is Going<Frame> going && ReferenceEquals(going.State, function.Child) ? new Going<Work>(work) : Back(advance);
        }

        if (happening is not Answer answer || answer.Effect != ((Calling)work).Effect) return new Going<Work>(work);
        turn.Taken = true;
        return answer.Error is { } error ? new Failed<Work>(error with { Instance = view.Task.Pointer }) : new Ended<Work>(answer.Output);
    }

    static Advance<Work> Own(Turn turn, CallOwnTask task, View view, Scope scope)
    {
        var input = view.Input;
        if (task.With is not null && turn.Evaluate(task.With, view.Input, view, scope, out input) is { } wrong) return new Failed<Work>(wrong);
        return Back(Frames.Begin(turn, turn.Workflow.Functions[task.Function], input, scope.OfFunction()));
    }

    static Advance<Work> Back(Advance<Frame> advance) =>
        advance is Ended<Frame> ended ? new Ended<Work>(ended.Output, Bodies.EndOnly(ended.Flow)) : advance.Around<Work>(frame => new InFunction(frame));
}
