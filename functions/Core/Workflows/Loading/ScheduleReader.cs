using System.Collections.Immutable;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads when runs begin without being asked to.</summary>
static class ScheduleReader
{
    static readonly string[] Kinds = ["every", "cron", "after", "on"];

    static readonly ImmutableArray<string> Names = ["workflow", "runtime", "now"];

    public static (StartRule? Start, Schedule? Times) Read(LoadContext context, SourceFields? fields)
    {
        if (fields is null) return (null, null);
        var (every, cron, after, on) = (fields.Optional("every"), fields.Optional("cron"), fields.Optional("after"), fields.Fields("on"));
        fields.RefuseOthers();
        if (every is null && cron is null && after is null && on is null) context.Problems.ExactlyOne(fields.Place, "\"schedule\"", Kinds);
        if (every is not null) context.Need(HostFeature.ScheduleEvery, every.Place, "\"schedule.every\"", "Start the workflow with schedule.on.");
        if (cron is not null) context.Need(HostFeature.ScheduleCron, cron.Place, "\"schedule.cron\"", "Start the workflow with schedule.on.");
        if (after is not null) context.Need(HostFeature.ScheduleAfter, after.Place, "\"schedule.after\"", "Start the workflow with schedule.on.");
        var times = new Schedule(Fixed(context, every, "every"), Cron(context, cron), Fixed(context, after, "after"));
        return (on is null ? null : Start(context, on), times is { Every: null, Cron: null, After: null } ? null : times);
    }

    static TimeSpan? Fixed(LoadContext context, SourceNode? node, string name)
    {
        if (node is null || context.Delay(node, Names) is not { } delay) return null;
        if (delay.Computed is null && delay.Fixed > TimeSpan.Zero) return delay.Fixed;
        context.Problems.Add(node.Place, "duration", $"\"schedule.{name}\" must be a fixed duration longer than nothing: there is no run yet that could compute it.");
        return null;
    }

    static CronExpression? Cron(LoadContext context, SourceNode? node)
    {
        if (node is null) return null;
        if (node is not SourceScalar scalar)
        {
            context.Problems.WrongKind(node, "schedule.cron", "a cron expression, such as 0 6 * * 1-5");
            return null;
        }

        var cron = CronExpression.Parse(scalar.Text);
        context.Problems.AddRange(cron.Problems.Select(problem => problem with { Place = node.Place }));
        return cron.Succeeded ? cron.Value : null;
    }

    // There is no run yet, hence no variable.
    static StartRule Start(LoadContext context, SourceFields on)
    {
        var to = EventReader.Strategy(context, on, []);
        var filters = to.Filters.Concat(to.UntilEvents).ToImmutableArray();
        if (to.Filters.IsEmpty) context.Refusals.NotSupported(on.Place, "A start on any event", "Say which events are meant.");
        if (filters.Length > StartRule.MostEvents)
            context.Problems.Add(on.Place, "events", $"A run begins with at most {StartRule.MostEvents} events; these are {filters.Length}. Begin with fewer, and listen for the others.");
        foreach (var correlation in filters.SelectMany(filter => filter.Correlations).Where(correlation => correlation.Expect is not null))
            context.Problems.Add(on.Place, "events", $"The correlation \"{correlation.Name}\" of a start cannot expect a value: there is no run yet. Remove \"expect\".");
        var start = new StartRule(to);
        if (start.Gathers && filters.Select(Correlated).Distinct(StringComparer.Ordinal).Count() > 1)
            context.Problems.Add(on.Place, "events", $"Events that begin a run together must have the same correlations; these have: {string.Join("; ", filters.Select(filter => $"{filter.TypeShown} {Correlated(filter)}"))}. Give each the same names.");
        return start;
    }

    static string Correlated(EventFilter filter) =>
        filter.Correlations.IsEmpty ? "none" : string.Join(", ", filter.Correlations.Select(correlation => correlation.Name).Order(StringComparer.Ordinal));
}
