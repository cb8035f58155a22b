using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Interop.Azure.Tests.World;
using Interop.Functions.Intake;
using Interop.Functions.Triggers;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Storage;
using Moq;

namespace Interop.Azure.Tests.Triggers;

/// <summary>The function of dropped files: a file is deleted after the commit, in the version that was taken, and stays where nobody has it.</summary>
public sealed class BlobFunctionsTests
{
    static readonly global::Azure.ETag Version = new("\"0x1\"");

    readonly List<string> notes = [];
    readonly Mock<BlobClient> file = new(MockBehavior.Strict);

    public BlobFunctionsTests() => file.Setup(blob => blob.DeleteIfExistsAsync(It.IsAny<DeleteSnapshotsOption>(), It.IsAny<BlobRequestConditions>(), It.IsAny<CancellationToken>()))
        .Callback(() => notes.Add("deleted")).ReturnsAsync(Response.FromValue(true, Mock.Of<Response>()));

    [Fact]
    public async Task CourtResults_OfAFile_DeletesTheVersionThatWasTakenAfterTheCommit()
    {
        await using var platform = await Start();
        Holds(TestPlatform.Example("court-listing-result", "guilty.source.json"));
        await Drop(platform, "result");
        Assert.Equal("message", notes.First());
        Assert.Equal(1, notes.Count(note => note == "deleted"));
        file.Verify(blob => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, It.Is<BlobRequestConditions>(only => only.IfMatch == Version), CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task CourtResults_OfAFileToNobody_LeavesIt()
    {
        await using var platform = await Start();
        Holds("{}");
        await Drop(platform, "no-such-type");
        file.Verify(blob => blob.DownloadContentAsync(CancellationToken.None), Times.Once);
        file.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task CourtResults_WhileTheStoreFails_LeavesItToComeAgain()
    {
        await using var platform = await Start();
        platform.Store.Failing = _ => true;
        Holds(TestPlatform.Example("court-listing-result", "guilty.source.json"));
        await Assert.ThrowsAsync<StoreException>(() => Drop(platform, "result"));
        Assert.DoesNotContain("deleted", notes);
    }

    // Told of twice; or written anew while it was taken, of which the host tells by itself.
    [Theory]
    [InlineData(404, false)]
    [InlineData(412, true)]
    public async Task CourtResults_OfAFileThatIsGoneOrAnotherByNow_IsNoFailure(int status, bool isTaken)
    {
        await using var platform = await Start();
        Holds(TestPlatform.Example("court-listing-result", "guilty.source.json"));
        var gone = new RequestFailedException(status, "gone");
        if (isTaken) file.Setup(blob => blob.DeleteIfExistsAsync(It.IsAny<DeleteSnapshotsOption>(), It.IsAny<BlobRequestConditions>(), It.IsAny<CancellationToken>())).ThrowsAsync(gone);
        else file.Setup(blob => blob.DownloadContentAsync(It.IsAny<CancellationToken>())).ThrowsAsync(gone);
        await Drop(platform, "result");
        Assert.Equal(isTaken, notes.Contains("message"));
    }

    async Task<AzurePlatform> Start()
    {
        var platform = await AzurePlatform.Start();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        platform.Store.Committed = (partition, _) => notes.Add(partition.Split('|')[1]);
        return platform;
    }

    void Holds(string text) => file.Setup(blob => blob.DownloadContentAsync(It.IsAny<CancellationToken>())).ReturnsAsync(Response.FromValue(
        BlobsModelFactory.BlobDownloadResult(BinaryData.FromString(text), BlobsModelFactory.BlobDownloadDetails(eTag: Version)), Mock.Of<Response>()));

    Task Drop(AzurePlatform platform, string type) => new BlobFunctions(platform.Get<FileIntake>()).CourtResults(file.Object, "court", type, "a.json", CancellationToken.None);
}
