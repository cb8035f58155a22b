namespace Interop.Local.Tests.Journeys;

public sealed class JourneyTests
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    // Slow enough that a busy machine does not breach a limit of one working day.
    static readonly TimeSpan Day = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Journey_WithEveryReceiptSentFiveTimes_EndsAsExpected()
    {
        await using var trial = await Trial.Start(Day, notify: new() { CallbackCopies = 5 });

        Assert.Empty(await trial.Reasons(await trial.Play(Longest)));
    }
}
