using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;

namespace Interop.Platform.Tests.Subjects;

public sealed class SubjectStoreTests
{
    // An erasure that saw the first thousand left the rest.
    [Fact]
    public async Task Messages_OfALargeIncident_AreAllRead()
    {
        const int many = 1_001;
        await using var platform = await IdlePlatform.Start();
        var subject = new SubjectId("thesubjectofallthemessages");
        var rows = Enumerable.Range(0, many).Select(at => new SubjectMessage($"message-{at}", DateTimeOffset.UnixEpoch, "online-contact", "incident-report"));
        foreach (var part in rows.Select(message => (Change)new Change.Insert(SubjectKeys.Message(message.Id), RowBody.Of(message))).Chunk(StoreLimits.Changes))
            Assert.IsType<CommitOutcome.Done>(await platform.Store.Commit(SubjectKeys.Partition(IdlePlatform.Force, subject), part, CancellationToken.None));

        Assert.Equal(many, (await platform.Get<SubjectStore>().Messages(IdlePlatform.Force, subject, CancellationToken.None)).Length);
    }
}
