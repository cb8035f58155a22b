using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Interop.Platform.Tests.Definitions;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Intake;

/// <summary>What people do about messages, while others do something about them too, or the power goes.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    static readonly InteropUser User = new("the-user", IdlePlatform.Force, [.. Roles.All]);
    static readonly string Id = MessageId.For(IdlePlatform.Force, new SystemId("online-contact"), "incident-report/1").Value;

    static readonly byte[] Report = File.ReadAllBytes(Path.Combine(CatalogTests.Mappings(), "maps/online-contact-incident-report/examples/burglary.source.json"));

    static readonly DateTimeOffset Now = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    IdlePlatform platform = null!;

    MessageStore Messages => platform.Get<MessageStore>();

    public async Task InitializeAsync()
    {
        platform = await IdlePlatform.Start(clock: new FakeTimeProvider(Now));
        var message = new MessageRecord(
            Id, IdlePlatform.Force.Value, "online-contact", "incident-report", "1", Now, Now, MessageStatus.Held, "application/json", "", "online-contact-incident-report@1", "incident", JsonValue.EmptyObject,
            [new Problem("required", "Missing.")], null, 0);
        Assert.True(await Messages.Add(message, "{}"u8.ToArray(), CancellationToken.None));
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Erase_OfWhatIsTakenUpAgainAtTheSameMoment_IsRefused()
    {
        platform.Store.Before = async (_, changes) =>
        {
            if (changes[0] is not Change.Replace replace || replace.Key != MessageStore.Key(Id)) return;
            platform.Store.Before = (_, _) => Task.CompletedTask;
            var (message, etag) = (await Messages.Find(IdlePlatform.Force, Id, CancellationToken.None))!.Value;
            Assert.True(await Messages.Replace(message with { Status = MessageStatus.Received }, etag, isUnfinished: true, null, CancellationToken.None));
        };

        var refused = Assert.IsType<Correction.Refused>(await platform.Get<Corrections>().Erase(User, Id, "sent by mistake", CancellationToken.None));

        Assert.Equal("changed", Assert.Single(refused.Problems).Rule);
        Assert.Equal(MessageStatus.Received, (await Messages.Find(IdlePlatform.Force, Id, CancellationToken.None))?.Message.Status);
    }

    [Fact]
    public async Task Resubmit_CutOffBeforeTheChange_IsLoggedOnceWhenItIsDone()
    {
        platform.Store.Before = (_, changes) => changes[0] is Change.Replace replace && replace.Key == MessageStore.Key(Id) ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => platform.Get<Corrections>().Resubmit(User, Id, Report, CancellationToken.None));
        Assert.Single(await Alterations());
        platform.Store.Before = (_, _) => Task.CompletedTask;

        Assert.IsType<Correction.Done>(await platform.Get<Corrections>().Resubmit(User, Id, Report, CancellationToken.None));

        Assert.Equal(Id, Assert.Single(Assert.Single(await Alterations()).Data.What));
    }

    async Task<IEnumerable<AuditEntry>> Alterations() =>
        (await platform.Get<AuditLog>().OfDay(IdlePlatform.Force, DateOnly.FromDateTime(Now.UtcDateTime), 100, CancellationToken.None)).Where(entry => entry.Data.Operation == AuditOperation.Alteration);
}
