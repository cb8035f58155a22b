using Interop.Local.Tests.Journeys;

namespace Interop.Local.Tests.Crashes;

/// <summary>Whichever commit is cut short, the platform ends where it would have ended without.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoIncidentsThatTurnOutToBeOne_AreMergedWhicheverCommitFails(bool made)
    {
        await using var whole = CrashWorld.Open();
        await Play(whole, null);
        var (expected, commits) = (await whole.Standing(), whole.Faulty.Commits);

        for (var nth = 1; nth <= commits; nth++)
        {
            await using var world = CrashWorld.Open();
            await Play(world, () => world.Faulty.Fail(nth, made));
            Assert.True(await world.Standing() == expected, $"After the failure of commit {nth} of {commits}:\n{await world.Standing()}\n\nWithout:\n{expected}");
        }
    }

    // An online report and a log, each its own incident at first; then the log again, which now names the report.
    static async Task Play(CrashWorld world, Action? first)
    {
        first?.Invoke();
        var log = TestPlatform.Example("command-and-control-attendance", "attended.source.xml");
        var (begin, end) = (log.IndexOf("  <XRef>", StringComparison.Ordinal), log.IndexOf("  <Opened>", StringComparison.Ordinal));
        await world.Take("online-contact", "incident-report", "one", TestPlatform.Example("online-contact-incident-report", "burglary.source.json"));
        await world.Take("command-and-control", "attendance", "two", log.Remove(begin, end - begin));
        await world.Take("command-and-control", "attendance", "three", log);
    }
}
