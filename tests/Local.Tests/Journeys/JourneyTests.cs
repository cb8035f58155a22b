using Interop.Local.Demo;
using Interop.Local.Simulators;

namespace Interop.Local.Tests.Journeys;

/// <summary>Journeys from the report to the outcome over real HTTP, held to what every system saw.</summary>
public sealed class JourneyTests
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // On a machine that is busy it takes longer, so that no limit of one working day is breached.
    static readonly TimeSpan Day = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Journey_WithEveryReceiptSentFiveTimes_EndsAsExpected()
    {
        await using var trial = await Trial.Start(Day, notify: new() { CallbackCopies = 5 });

        Assert.Empty(await trial.Reasons(await trial.Play(Longest)));
    }

    [Fact]
    public async Task Journey_WhenTextMessagesCannotArrive_TellsByEmail()
    {
        await using var trial = await Trial.Start(Day, new JourneyPlan { VictimTelephone = "+447700900002", PreferenceChangesAfter = null });
        var run = await trial.Play(Longest);

        // Each update was tried by text message, failed for good, and went by email.
        var notifications = SystemsReport.Of(trial.Systems).Notifications;
        Assert.All(notifications.Where(sent => sent.Channel == "sms"), sent => Assert.Equal("permanent-failure", sent.Status));
        Assert.Equal(new JourneyExpectation().Told.Length - 1, notifications.Count(sent => sent is { Channel: "email", Status: "delivered" }));
        Assert.NotNull(run);
    }
}
