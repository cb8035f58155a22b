using System.Collections.Immutable;

namespace Interop.Local.Demo;

/// <summary>What the journey must come to.</summary>
internal sealed record JourneyExpectation
{
    public string Workflow { get; init; } = "victim-journey";

    /// <summary>The kinds of update that the victim must be told, each once.</summary>
    public ImmutableArray<string> Told { get; init; } =
    [
        "incident-recorded", "officer-assigned", "suspect-arrested", "preference-changed", "suspect-released-on-bail", "file-sent", "charged", "hearing-listed", "court-result",
    ];

    /// <summary>The messages that the systems must have sent, and how often.</summary>
    public ImmutableDictionary<string, int> Sent { get; init; } = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("online-contact/incident-report", 1),
        KeyValuePair.Create("online-contact/contact-preference", 1),
        KeyValuePair.Create("command-and-control/attendance", 1),
        KeyValuePair.Create("rms/status-event", 4),
        KeyValuePair.Create("case-management/charging-decision", 1),
        KeyValuePair.Create("court-listing/hearing", 1),
        KeyValuePair.Create("court-listing/result", 1),
    ]);

    /// <summary>The effects that the systems must have performed in all, by system and kind.</summary>
    public ImmutableDictionary<string, int> Effects { get; init; } = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("rms/occurrence", 1),
        KeyValuePair.Create("case-management/case-file", 1),
        KeyValuePair.Create("court-listing/charge", 1),
    ]);
}

/// <summary>Says whether a journey ended as expected.</summary>
internal static class JourneyCheck
{
    /// <summary>Every reason why it did not; none if it did.</summary>
    public static ImmutableArray<string> Reasons(SystemsReport systems, PlatformReport platform, JourneyExpectation? expected = null)
    {
        expected ??= new JourneyExpectation();
        return
        [
            .. Runs(platform, expected),
            .. Differences(platform.Told, expected.Told),
            .. EachOnce(systems),
            .. Counts(systems, expected),
            .. Channels(systems, expected),
            .. platform.Held.Select(line => $"A message is held: {line}"),
            .. platform.DeadLetters.Select(line => $"A delivery was given up: {line}"),
            .. platform.BreachedClocks.Select(line => $"A time limit was breached: {line}"),
            .. systems.Faults.Select(line => $"A simulated system reports: {line}"),
        ];
    }

    static IEnumerable<string> Runs(PlatformReport platform, JourneyExpectation expected)
    {
        var runs = platform.Runs.Where(run => run.Workflow == expected.Workflow).ToArray();
        if (runs.Length != 1) yield return $"There are {runs.Length} runs of {expected.Workflow}; one was expected.";
        foreach (var run in runs.Where(run => run.Status != "completed"))
            yield return $"The run {run.Id} is {run.Status}, not completed{(run.Error.Length > 0 ? $": {run.Error}" : ".")}";
    }

    static IEnumerable<string> Differences(ImmutableArray<string> told, ImmutableArray<string> expected)
    {
        foreach (var kind in expected.Concat(told).Distinct(StringComparer.Ordinal))
        {
            var (count, wanted) = (told.Count(one => one == kind), expected.Count(one => one == kind));
            if (count != wanted) yield return $"By the platform's record the victim was told {kind} {Times(count)}; {Times(wanted)} was expected.";
        }
    }

    static IEnumerable<string> EachOnce(SystemsReport systems)
    {
        foreach (var (system, entries) in systems.Received.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            foreach (var entry in entries)
            {
                if (entry.Keyless) yield return $"{system} received a {entry.Kind} without a key: a repeat of it could not be known.";
                else if (entry.Effects != 1) yield return $"{system} performed {entry.Kind} {entry.Key} {Times(entry.Effects)} for {entry.Requests} requests; once was expected.";
            }
        }
    }

    static IEnumerable<string> Counts(SystemsReport systems, JourneyExpectation expected)
    {
        foreach (var (what, wanted) in expected.Effects.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var parts = what.Split('/');
            var count = systems.Received.TryGetValue(parts[0], out var entries) ? entries.Where(entry => entry.Kind == parts[1]).Sum(entry => entry.Effects) : 0;
            if (count != wanted) yield return $"{parts[0]} performed {parts[1]} {Times(count)} in all; {Times(wanted)} was expected.";
        }

        foreach (var (what, wanted) in expected.Sent.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var count = systems.Sent.Count(sent => sent == what);
            if (count != wanted) yield return $"The platform took {what} {Times(count)}; {Times(wanted)} was expected.";
        }

        if (systems.FaultsWaiting > 0) yield return $"{systems.FaultsWaiting} planned faults of notify were never met: too few messages were sent.";
    }

    static IEnumerable<string> Channels(SystemsReport systems, JourneyExpectation expected)
    {
        var notifications = systems.Notifications;
        if (notifications.Length != expected.Told.Length)
            yield return $"notify took {notifications.Length} messages; {expected.Told.Length} were expected.";
        foreach (var lost in notifications.Where(notification => notification.Status != "delivered"))
            yield return $"The {lost.Channel} {lost.Reference} is {lost.Status}, not delivered.";
        if (expected.Sent.GetValueOrDefault("online-contact/contact-preference") == 0) yield break;
        var firstEmail = notifications.Select(notification => notification.Channel).ToList().IndexOf("email");
        if (firstEmail < 0) yield return "No update came by email although the victim asked for it.";
        else if (notifications.Skip(firstEmail).Any(notification => notification.Channel != "email"))
            yield return "A text message was sent after the first email: the victim's change of channel was not kept.";
        if (firstEmail == 0) yield return "No update came by text message although the victim had chosen it at first.";
    }

    static string Times(int count) => count switch
    {
        0 => "never",
        1 => "once",
        _ => $"{count} times",
    };
}
