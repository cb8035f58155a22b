using System.Collections.Immutable;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads a retry policy.</summary>
static class RetryReader
{
    const int MostRetries = 1_000;

    static readonly (string Name, Backoff Backoff)[] Backoffs = [("constant", Backoff.Constant), ("linear", Backoff.Linear), ("exponential", Backoff.Exponential)];

    public static RetryPolicy Policy(LoadContext context, SourceNode node, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(node, context.Problems);
        var when = context.Bare(fields.Optional("when"), names, "\"when\"");
        var exceptWhen = context.Bare(fields.Optional("exceptWhen"), names, "\"exceptWhen\"");
        var delay = context.Delay(fields.Optional("delay"), names);
        var backoff = BackoffOf(fields.Fields("backoff"));
        var limit = fields.Fields("limit");
        var attempt = limit?.Fields("attempt");
        int? most = attempt?.Optional("count") is null ? null : attempt.Whole("count", 0, 0, MostRetries);
        var attemptLimit = context.Delay(attempt?.Optional("duration"), names);
        var totalLimit = context.Delay(limit?.Optional("duration"), names);
        var jitter = fields.Fields("jitter");
        var (from, to) = (context.Delay(jitter?.Required("from"), names), context.Delay(jitter?.Required("to"), names));
        if (from is { Computed: null } && to is { Computed: null } && from.Fixed > to.Fixed)
            context.Problems.Add(jitter!.Place, "range", "The jitter's \"from\" is longer than its \"to\". Exchange them.");
        foreach (var part in new[] { fields, limit, attempt, jitter }) part?.RefuseOthers();
        return new RetryPolicy(when, exceptWhen, delay, backoff, most, attemptLimit, totalLimit, from, to);
    }

    static Backoff BackoffOf(SourceFields? fields)
    {
        if (fields is null) return Backoff.Constant;
        var found = Backoffs.Where(pair => fields.Map.Entries.Any(entry => entry.Name == pair.Name)).ToArray();
        foreach (var (name, _) in Backoffs) fields.Optional(name);
        fields.RefuseOthers();
        if (found.Length != 1) fields.Problems.Add(fields.Place, "backoff", "\"backoff\" must be exactly one of: constant, linear, exponential.");
        return found.Length == 0 ? Backoff.Constant : found[0].Backoff;
    }
}
