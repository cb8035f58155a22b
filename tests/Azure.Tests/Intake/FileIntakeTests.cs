using System.Text;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Functions.Intake;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Azure.Tests.Intake;

/// <summary>Dropped files: a file may go when the platform has it, accepted or held, and not before.</summary>
public sealed class FileIntakeTests
{
    static readonly OrganisationId Force = new("northshire");

    [Fact]
    public async Task Take_OfAGoodFile_LetsItGo()
    {
        await using var platform = await AzurePlatform.Start();
        Assert.True(await Take(platform, TestPlatform.Report));
    }

    [Fact]
    public async Task Take_ThatFailsOnce_IsTriedAgain()
    {
        await using var platform = await AzurePlatform.Start();
        Failing(platform, 1);
        Assert.True(await Take(platform, TestPlatform.Report));
        Assert.Empty(await platform.Get<HeldList>().All(Force, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Take_ThatFailsEachTime_HoldsTheFileAndLetsItGo()
    {
        await using var platform = await AzurePlatform.Start();
        Failing(platform, FileIntake.MostTries);
        Assert.True(await Take(platform, TestPlatform.Report));
        var held = await Held(platform);
        Assert.Equal("online-contact", held.System);
        Assert.Equal(TestPlatform.Report, Encoding.UTF8.GetString((await platform.Get<MessageStore>().Payload(Force, held.Id, CancellationToken.None)).ToArray()));
    }

    [Fact]
    public async Task Take_OfWhatCannotBeRead_HoldsItAndLetsItGo()
    {
        await using var platform = await AzurePlatform.Start();
        Assert.True(await Take(platform, "no JSON at all"));
        Assert.Equal("incident-report", (await Held(platform)).Type);
    }

    // A court drops a file of the same name each day: the first that is held stands in no other's way.
    [Fact]
    public async Task Take_OfAnotherFileOfTheSameNameThatCannotBeRead_HoldsThatToo()
    {
        await using var platform = await AzurePlatform.Start();
        foreach (var text in new[] { "no JSON", "no JSON on the next day", "no JSON" }) Assert.True(await Take(platform, text));
        await Eventually.Holds("both are among the held", async () => (await platform.Get<HeldList>().All(Force, 10, CancellationToken.None)).Length == 2);
    }

    [Theory]
    [InlineData("nowhere", "incident-report")]
    [InlineData("northshire", "no-such-type")]
    public async Task Take_OfAFileToNobody_LeavesIt(string organisation, string type)
    {
        await using var platform = await AzurePlatform.Start();
        Assert.False(await Take(platform, "{}", organisation, type));
    }

    [Fact]
    public async Task Take_WhileTheStoreFails_LeavesItToComeAgain()
    {
        await using var platform = await AzurePlatform.Start();
        platform.Store.Failing = _ => true;
        await Assert.ThrowsAsync<StoreException>(() => Take(platform, TestPlatform.Report));
    }

    static Task<bool> Take(AzurePlatform platform, string text, string organisation = "northshire", string type = "incident-report") =>
        new FileIntake(platform.Get<MessageIntake>(), new NoWait(), NullLogger<FileIntake>.Instance).Take(CarriedMessage.Of(organisation, "online-contact", type, "a.json", Encoding.UTF8.GetBytes(text)), $"{type}/a.json", CancellationToken.None);

    static Task<HeldItem> Held(AzurePlatform platform) => Eventually.Seen("it is among the held", async () => (await platform.Get<HeldList>().All(Force, 10, CancellationToken.None)) is [var item] ? item : null);

    static void Failing(AzurePlatform platform, int times) => platform.Store.Failing = partition => partition.Contains("|message|", StringComparison.Ordinal) && Interlocked.Decrement(ref times) >= 0;

    // A clock whose delays are over at once.
    sealed class NoWait : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
