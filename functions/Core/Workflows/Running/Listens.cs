using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>
/// Listens for events. The output is the array of what was taken, with a <c>foreach.output</c> of what that made of each; with a <c>foreach</c>
/// that has none, data flows from round to round as in a loop and the events are not kept, so a run may listen for years. While a round is under way the listen takes nothing: events wait in the inbox.
/// </summary>
static class Listens
{
    const int MostTaken = 1_000;

    public static Advance<Work> Begin(Turn turn, ListenTask task, View view, Scope scope)
    {
        var expected = ImmutableSortedDictionary.Create<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (filter, at) in task.To.Filters.Concat(task.To.UntilEvents).Select((filter, at) => (filter, at)))
            foreach (var correlation in filter.Correlations)
            {
                if (correlation.Expect is null) continue;
                if (turn.Evaluate(correlation.Expect, view.Input, view, scope, out var value) is { } wrong) return new Failed<Work>(wrong);
                expected = expected.SetItem(Key(correlation.Name, at), value);
            }

        turn.Note(JournalKind.ListenStarted, task.Pointer, JsonValue.Of(("types", task.To.TypesShown)));
        var iteration = task.Foreach is null ? null : new Iteration(0, view.Input, JsonValue.Null, null);
        return FromInbox(turn, task, view, new Listening(task.To.TypesShown, [], [], expected, iteration), scope);
    }

    public static Advance<Work> Resume(Turn turn, ListenTask task, View view, Listening listening, Happening happening, Scope scope)
    {
        if (listening.Iteration is { Body: { } body } round)
        {
            var advance = Sequence.Resume(turn, task.Foreach!.Body, body, happening, Inside(task, round, scope));
            return Bodies.Same(listening, body, advance, next => listening with { Iteration = round with { Body = next } },
                other => Onward(turn, task, view, AfterRound(turn, task, view, listening, round, other, scope), scope));
        }

        if (happening is not Arrival arrival || Match(turn, task, view, listening, arrival.CloudEvent, scope) is not { } match) return new Going<Work>(listening);
        turn.Taken = true;
        return Onward(turn, task, view, Take(turn, task, view, match, arrival.CloudEvent, scope), scope);
    }

    static Advance<Work> Onward(Turn turn, ListenTask task, View view, Advance<Work> advance, Scope scope) =>
        advance is Going<Work> { State: Listening { Iteration: null or { Body: null } } idle } ? FromInbox(turn, task, view, idle, scope) : advance;

    // Each round takes one event out of the inbox, so this ends.
    static Advance<Work> FromInbox(Turn turn, ListenTask task, View view, Listening listening, Scope scope)
    {
        while (true)
        {
            var (found, at) = (default(Match?), 0);
            for (; at < turn.Inbox.Length; at++)
                if ((found = Match(turn, task, view, listening, turn.Inbox[at], scope)) is not null) break;
            if (found is null) return new Going<Work>(listening);
            var taken = turn.Inbox[at];
            turn.Inbox = turn.Inbox.RemoveAt(at);
            var advance = Take(turn, task, view, found, taken, scope);
            if (advance is not Going<Work> { State: Listening { Iteration: null or { Body: null } } idle }) return advance;
            listening = idle;
        }
    }

    /// <summary>Whether the listen takes the event: then the listen with what it has learnt from it.</summary>
    static Match? Match(Turn turn, ListenTask task, View view, Listening listening, JsonValue cloudEvent, Scope scope)
    {
        var (to, variables) = (task.To, turn.Variables(view, scope));
        for (var at = 0; at < to.UntilEvents.Length; at++)
        {
            var index = to.Filters.Length + at;
            if ((to.UntilAll && listening.Met.Contains(index)) || Correlates(turn, to.UntilEvents[at], index, listening, cloudEvent, variables) is not { } ending) continue;
            ending = ending with { Met = ending.Met.Add(index) };
            return new Match(ending, to.UntilAll && ending.Met.Length < to.UntilEvents.Length ? MatchKind.Passed : MatchKind.Ends);
        }

        if (to.Kind == ConsumptionKind.Any && to.Filters.IsEmpty) return new Match(listening, MatchKind.Taken);
        for (var at = 0; at < to.Filters.Length; at++)
        {
            if (to.Kind == ConsumptionKind.All && listening.Met.Contains(at)) continue;
            if (Correlates(turn, to.Filters[at], at, listening, cloudEvent, variables) is { } learnt)
                return new Match(to.Kind == ConsumptionKind.All ? learnt with { Met = learnt.Met.Add(at) } : learnt, MatchKind.Taken);
        }

        return null;
    }

    static Listening? Correlates(Turn turn, EventFilter filter, int at, Listening listening, JsonValue cloudEvent, Func<string, JsonValue> variables)
    {
        if (!filter.Fits(cloudEvent, variables)) return null;
        foreach (var correlation in filter.Correlations)
        {
            var value = correlation.From.Evaluate(cloudEvent, variables);
            if (!value.Succeeded || value.Value.IsNull) return null;
            if (listening.Correlations.TryGetValue(Key(correlation.Name, at), out var expected)
                || turn.StartCorrelations.TryGetValue(correlation.Name, out expected)
                || listening.Correlations.TryGetValue(correlation.Name, out expected))
            {
                if (expected != value.Value) return null;
            }
            else
            {
                listening = listening with { Correlations = listening.Correlations.SetItem(correlation.Name, value.Value) };
            }
        }

        return listening;
    }

    static Advance<Work> Take(Turn turn, ListenTask task, View view, Match match, JsonValue cloudEvent, Scope scope)
    {
        var listening = match.Listening;
        turn.Note(JournalKind.EventTaken, task.Pointer, cloudEvent);
        if (match.Kind == MatchKind.Passed) return new Going<Work>(listening);
        if (match.Kind == MatchKind.Ends) return Correlated(turn, task, listening, Output(task, listening));
        var item = Read(task.Read, cloudEvent);
        if (listening.Iteration is { } iteration)
        {
            var round = iteration with { Item = item };
            var advance = Sequence.Begin(turn, task.Foreach!.Body, Collects(task) ? view.Input : round.Output, Inside(task, round, scope));
            return advance is Going<Listed> going
                ? new Going<Work>(listening with { Iteration = round with { Body = going.State } })
                : AfterRound(turn, task, view, listening, round, advance, scope);
        }

        return Keep(turn, task, view, listening, item, scope);
    }

    static Advance<Work> Keep(Turn turn, ListenTask task, View view, Listening listening, JsonValue item, Scope scope)
    {
        if (listening.Taken.Length == MostTaken)
            return new Failed<Work>(new WorkflowError(WorkflowError.Runtime, 500, "Too many events", $"The listen took {MostTaken} events and still goes on. Handle each with foreach without output, which keeps none."));
        listening = listening with { Taken = listening.Taken.Add(item) };
        return Conclude(turn, task, view, listening, Output(task, listening), scope);
    }

    static JsonValue Read(EventReading read, JsonValue cloudEvent) => read switch
    {
        EventReading.Envelope => cloudEvent,
        EventReading.Raw when !cloudEvent["data_base64"].IsNull => cloudEvent["data_base64"],
        EventReading.Raw => cloudEvent["data"].StringOrNull ?? cloudEvent["data"].ToString(),
        _ => cloudEvent["data"].IsNull ? cloudEvent["data_base64"] : cloudEvent["data"],
    };

    static Advance<Work> AfterRound(Turn turn, ListenTask task, View view, Listening listening, Iteration round, Advance<Listed> advance, Scope scope)
    {
        if (advance is not Ended<Listed> ended) return Bodies.Leave(advance, body => listening with { Iteration = round with { Body = body } });
        var (each, inside) = (task.Foreach!, Inside(task, round, scope));
        var raw = each.Body.Count == 0 && Collects(task) ? round.Item : ended.Output;
        if (Frames.Shape(turn, view, inside, each.Output, each.Export, raw, out var output) is { } wrong) return new Failed<Work>(wrong);
        listening = listening with { Iteration = new Iteration(round.At + 1, output, JsonValue.Null, null) };
        if (ended.Flow is not null)
            return Correlated(turn, task, listening, Collects(task) ? JsonValue.Of(listening.Taken.Add(output)) : output, Bodies.EndOnly(ended.Flow));
        return Collects(task) ? Keep(turn, task, view, listening, output, inside) : Conclude(turn, task, view, listening, output, inside);
    }

    static Advance<Work> Conclude(Turn turn, ListenTask task, View view, Listening listening, JsonValue soFar, Scope scope)
    {
        var done = task.To.Kind switch
        {
            ConsumptionKind.One => true,
            ConsumptionKind.All => listening.Met.Length >= task.To.Filters.Length,
            _ => !task.To.TakesMany,
        };
        if (task.To.Until is { } until && turn.Test(until, soFar, view, scope, out done) is { } wrong) return new Failed<Work>(wrong);
        return done ? Correlated(turn, task, listening, Output(task, listening)) : new Going<Work>(listening);
    }

    static Ended<Work> Correlated(Turn turn, ListenTask task, Listening listening, JsonValue output, Flow? flow = null)
    {
        var keys = listening.Correlations.Where(pair => !pair.Key.Contains('#', StringComparison.Ordinal)).ToArray();
        turn.Note(JournalKind.ListenCompleted, task.Pointer, JsonValue.Of(("correlationKeys", JsonValue.Of(keys))));
        return new Ended<Work>(output, flow);
    }

    static JsonValue Output(ListenTask task, Listening listening) => listening.Iteration is { } iteration && !Collects(task) ? iteration.Output : JsonValue.Of(listening.Taken);

    static bool Collects(ListenTask task) => task.Foreach?.Output?.By is not null;

    static Scope Inside(ListenTask task, Iteration round, Scope scope) => scope.With(task.Foreach!.Item, round.Item).With(task.Foreach.At, round.At);

    static string Key(string name, int filter) => string.Create(CultureInfo.InvariantCulture, $"{name}#{filter}");
}

/// <summary>An event that a listen takes: the listen with the correlations the event set, and what the event is to it.</summary>
sealed record Match(Listening Listening, MatchKind Kind);

enum MatchKind
{
    /// <summary>One of those it listens for.</summary>
    Taken,

    /// <summary>One of those of <c>until</c>, of which others are to come.</summary>
    Passed,

    /// <summary>The one of <c>until</c> that ends it.</summary>
    Ends,
}
