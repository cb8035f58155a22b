using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Calls: of the host, over HTTP, of other workflows, and of the definition's own functions.</summary>
static class Calls
{
    public static Advance<Work> Begin(Turn turn, View view, Scope scope)
    {
        var (pointer, caught) = (view.Task.Pointer, scope.MayCatchCall(view.Task.Pointer));
        switch (view.Task)
        {
            case CallTask task:
                if (turn.Evaluate(task.With, view.Input, view, scope, out var with) is { } wrong) return new Failed<Work>(wrong);
                return new Going<Work>(new Calling(turn.Request(pointer, id => new Effect.CallFunction(id, pointer, task.Function, with, caught)), task.Function));
            case RemoteTask task:
                if (Arguments(turn, task, view, scope, out var request) is { } unsendable) return new Failed<Work>(unsendable);
                return task is CallHttpTask
                    ? new Going<Work>(new Calling(turn.Request(pointer, id => new Effect.CallHttp(id, pointer, request, caught)), "http"))
                    : new Going<Work>(new Calling(turn.Request(pointer, id => new Effect.CallOpenApi(id, pointer, request, caught)), "openapi"));
            case RunWorkflowTask task:
                return StartRun(turn, task, view, scope);
            default:
                return Own(turn, (CallOwnTask)view.Task, view, scope);
        }
    }

    // Secrets are named beside the arguments, by the place they go to: data of the run cannot ask for one.
    static WorkflowError? Arguments(Turn turn, RemoteTask task, View view, Scope scope, out JsonValue arguments)
    {
        if (turn.Evaluate(task.With, view.Input, view, scope, out arguments) is { } wrong) return wrong;
        var secrets = SecretPlace.In(task.With);
        if (task.Authentication is { } policy)
        {
            if (turn.Evaluate(policy, view.Input, view, scope, out var authentication) is { } unproven) return unproven;
            arguments = arguments.With("authentication", authentication);
            secrets = secrets.Concat(SecretPlace.In(policy, "/authentication"));
        }

        var places = secrets.Select(secret => JsonValue.Of(("at", secret.Pointer), ("secret", JsonValue.Of(secret.Path.Select(JsonValue.Of))))).ToArray();
        if (places.Length > 0) arguments = arguments.With("secrets", JsonValue.Of(places));
        return null;
    }

    static Advance<Work> StartRun(Turn turn, RunWorkflowTask task, View view, Scope scope)
    {
        var input = view.Input;
        if (task.Input is not null && turn.Evaluate(task.Input, view.Input, view, scope, out input) is { } wrong) return new Failed<Work>(wrong);
        var effect = turn.Request(task.Pointer, id => new Effect.StartRun(id, task.Pointer, task.Namespace, task.Name, task.Version, input, task.Awaits));
        return task.Awaits ? new Going<Work>(new Calling(effect, $"{task.Namespace}/{task.Name}:{task.Version}")) : new Ended<Work>(view.Input);
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
