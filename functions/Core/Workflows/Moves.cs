using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;
using Interop.Core.Workflows.Running;

namespace Interop.Core.Workflows;

/// <summary>Moves a run that goes on to another version of its workflow. Its place must exist there: each task that is under way, under the same names and of the same kind; tasks around them may have come and gone.</summary>
public static class Moves
{
    /// <summary>The run under the other version, or every reason why it cannot go on there: rules <c>not-waiting</c>, <c>other-workflow</c>, <c>same-version</c>, <c>no-task</c>, <c>other-kind</c>, <c>other-shape</c>.</summary>
    public static Outcome<Transition> To(Workflow from, Workflow to, RunState state, DateTimeOffset at)
    {
        if (state.Root is not { } root) return new Problem("not-waiting", "The run does not go on, so there is nothing to move.");
        if ((from.Namespace, from.Name) != (to.Namespace, to.Name)) return new Problem("other-workflow", $"{to.Reference} is no version of {from.Namespace}/{from.Name}.");
        if (from.Version == to.Version) return new Problem("same-version", $"The run is of the version {to.Version} already.");
        var problems = new ProblemList();
        var moved = new Move(from, to, problems).Frame(root);
        if (problems.IsEmpty && !Bodies.Fits(to, moved)) problems.Add(null, "other-shape", $"The tasks of {to.Reference} stand in another order or number where the run is. Cancel the run and start it again, or leave it where it is.");
        if (!problems.IsEmpty) return problems.ToImmutable();
        var turn = new Turn(to, state, at);
        turn.Note(JournalKind.RunMoved, "", JsonValue.Of(("from", from.Reference), ("to", to.Reference)));
        return turn.End(before => before with { Workflow = to.Reference, Root = moved });
    }

    sealed class Move(Workflow from, Workflow to, ProblemList problems)
    {
        readonly ImmutableDictionary<string, TaskDefinition> named = to.Tasks.Values.ToImmutableDictionary(task => Names(task.Pointer), StringComparer.Ordinal);

        public Frame Frame(Frame frame)
        {
            if (!named.TryGetValue(Names(frame.Task), out var task))
            {
                problems.Add(null, "no-task", $"The run is at the task {frame.Task}, and {to.Version} has none of that name there.", value: frame.Task);
                return frame;
            }

            if (from.Tasks[frame.Task] is var old && (old.GetType() != task.GetType() || Detail(old) != Detail(task)))
                problems.Add(null, "other-kind", $"The run is at the task {frame.Task}, which is another kind of task in {to.Version}.", value: frame.Task);
            return frame with { Task = task.Pointer, Work = Work(task, frame.Work) };
        }

        Work Work(TaskDefinition task, Work work) => work switch
        {
            Listed listed => Listed(listed),
            Looping looping => looping with { Body = Listed(looping.Body) },
            Forking forking => new Forking([.. forking.Branches.Select(branch => branch.Child is { } child ? branch with { Child = Frame(child) } : branch)]),
            Trying trying => trying with { Body = Listed(trying.Body) },
            Catching catching => catching with { Body = Listed(catching.Body) },
            Listening { Iteration: { Body: { } body } round } listening => listening with { Types = Types(task, listening), Iteration = round with { Body = Listed(body) } },
            Listening listening => listening with { Types = Types(task, listening) },
            InFunction function => new InFunction(Frame(function.Child)),
            Extending extending => extending with { Body = Listed(extending.Body) },
            _ => work,
        };

        Listed Listed(Listed listed)
        {
            var child = Frame(listed.Child);
            return new Listed(Place(child.Task), child);
        }

        static string Types(TaskDefinition task, Listening listening) => task is ListenTask { To: var heard } ? heard.TypesShown : listening.Types;

        // What an open effect or a listen half done depends on, beside the kind of task.
        static string? Detail(TaskDefinition task) => task switch
        {
            CallTask call => call.Function,
            CallOwnTask call => call.Function,
            RunWorkflowTask run => $"{run.Namespace}/{run.Name}",
            ListenTask listen => string.Create(CultureInfo.InvariantCulture, $"{listen.To.Kind} of {(listen.To.Kind == ConsumptionKind.All ? listen.To.Filters.Length : 0)}"),
            _ => null,
        };

        // The place in a list stands before the name: /do/3/name.
        static int Place(string pointer) => pointer.Split('/') is [.., var place, _] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1;

        static string Names(string pointer) => string.Join('/', pointer.Split('/').Where(part => part.Length == 0 || !part.All(char.IsAsciiDigit)));
    }
}
