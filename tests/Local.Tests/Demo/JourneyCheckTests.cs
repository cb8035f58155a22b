using System.Collections.Immutable;
using Interop.Local.Demo;
using Interop.Local.Simulators;

namespace Interop.Local.Tests.Demo;

public sealed class JourneyCheckTests
{
    static readonly DateTimeOffset At = JourneyPlan.DefaultStart;
    static readonly JourneyExpectation Expected = new();

    static readonly PlatformReport GoodPlatform = new([new RunReport("r1", "victim-journey", "completed")], Expected.Told, [], [], []);

    static readonly SystemsReport GoodSystems = new(
        new Dictionary<string, ImmutableArray<Received>>
        {
            ["rms"] = [Entry("r1.1", "occurrence")],
            ["case-management"] = [Entry("r1.9", "case-file")],
            ["court-listing"] = [Entry("99NS0041726", "charge")],
            ["notify"] = [.. Expected.Told.Select((_, index) => Entry($"r1.{index + 10}", index < 3 ? "sms" : "email"))],
        }.ToImmutableDictionary(),
        [.. Expected.Told.Select((_, index) => new NotificationReport($"r1.{index + 10}", index < 3 ? "sms" : "email", "delivered"))],
        [],
        [.. Expected.Sent.SelectMany(sent => Enumerable.Repeat(sent.Key, sent.Value))],
        0);

    static Received Entry(string key, string kind, int effects = 1, int requests = 1) => new(key, kind, "", requests, effects, At, false);

    [Fact]
    public void Reasons_OfAGoodJourney_AreNone() => Assert.Empty(JourneyCheck.Reasons(GoodSystems, GoodPlatform));

    // Name, what is different, and the one reason that follows.
    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "no run", "There are 0 runs of victim-journey; one was expected." },
        { "two runs", "There are 2 runs of victim-journey; one was expected." },
        { "faulted run", "The run r1 is faulted, not completed: no channel" },
        { "told too little", "By the platform's record the victim was told court-result never; once was expected." },
        { "told twice", "By the platform's record the victim was told charged 2 times; once was expected." },
        { "effect twice", "rms performed occurrence r1.1 2 times for 3 requests; once was expected." },
        { "keyless", "notify received a sms without a key: a repeat of it could not be known." },
        { "not delivered", "The sms r1.10 is temporary-failure, not delivered." },
        { "held", "A message is held: attendance" },
        { "dead letter", "A delivery was given up: case-file" },
        { "breached", "A time limit was breached: charged" },
        { "refused", "A simulated system reports: rms: status-event EV-1 was refused with 400: bad" },
        { "faults left", "1 planned faults of notify were never met: too few messages were sent." },
        { "sms after email", "A text message was sent after the first email: the victim's change of channel was not kept." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Reasons_OfAFault_NameIt(string name, string reason)
    {
        var (systems, platform) = Faulty(name);
        Assert.Contains(reason, JourneyCheck.Reasons(systems, platform));
    }

    static (SystemsReport Systems, PlatformReport Platform) Faulty(string name) => name switch
    {
        "no run" => (GoodSystems, GoodPlatform with { Runs = [] }),
        "two runs" => (GoodSystems, GoodPlatform with { Runs = [.. GoodPlatform.Runs, .. GoodPlatform.Runs] }),
        "faulted run" => (GoodSystems, GoodPlatform with { Runs = [new RunReport("r1", "victim-journey", "faulted", "no channel")] }),
        "told too little" => (GoodSystems, GoodPlatform with { Told = Expected.Told.Remove("court-result") }),
        "told twice" => (GoodSystems, GoodPlatform with { Told = Expected.Told.Add("charged") }),
        "effect twice" => (GoodSystems with { Received = GoodSystems.Received.SetItem("rms", [Entry("r1.1", "occurrence", 2, 3)]) }, GoodPlatform),
        "keyless" => (GoodSystems with { Received = GoodSystems.Received.SetItem("notify", [Entry("(no key 1)", "sms") with { Keyless = true }]) }, GoodPlatform),
        "not delivered" => (GoodSystems with { Notifications = GoodSystems.Notifications.SetItem(0, new NotificationReport("r1.10", "sms", "temporary-failure")) }, GoodPlatform),
        "held" => (GoodSystems, GoodPlatform with { Held = ["attendance"] }),
        "dead letter" => (GoodSystems, GoodPlatform with { DeadLetters = ["case-file"] }),
        "breached" => (GoodSystems, GoodPlatform with { BreachedClocks = ["charged"] }),
        "refused" => (GoodSystems with { Faults = ["rms: status-event EV-1 was refused with 400: bad"] }, GoodPlatform),
        "faults left" => (GoodSystems with { FaultsWaiting = 1 }, GoodPlatform),
        "sms after email" => (GoodSystems with { Notifications = GoodSystems.Notifications.SetItem(7, new NotificationReport("r1.17", "sms", "delivered")) }, GoodPlatform),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such fault."),
    };
}
