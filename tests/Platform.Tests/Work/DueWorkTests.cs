using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Tests.Work;

/// <summary>What waits, in the order in which it came.</summary>
public sealed class DueWorkTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    // A partition that holds more than is taken of each: nothing that came after those may go before them.
    [Theory]
    [InlineData(2, "1a 2a")]
    [InlineData(3, "1a 2a 3a")]
    [InlineData(4, "1a 2a 3a 4b 5a")]
    [InlineData(5, "1a 2a 3a 4b 5a 6b 7a")]
    public async Task Oldest_OfAPartitionThatHoldsMore_LetsNothingOvertakeTheRest(int mostOfEach, string expected)
    {
        await using var platform = await IdlePlatform.Start();
        foreach (var (minute, part) in new[] { (1, 'a'), (2, 'a'), (3, 'a'), (4, 'b'), (5, 'a'), (6, 'b'), (7, 'a') })
        {
            // A message that cannot be read waits like others; the partition follows from the last letter of its id.
            var id = $"{minute}{part}";
            await platform.Store.Commit(MessageStore.Partition(IdlePlatform.Force, id), [new Change.Insert(MessageStore.Key(id), "no message"u8.ToArray()), new Change.Insert(MessageStore.UnfinishedKey(Noon.AddMinutes(minute), id), default)], CancellationToken.None);
        }

        var oldest = await platform.Get<DueWork>().Oldest(IdlePlatform.Force, Noon.AddHours(1), mostOfEach, CancellationToken.None);

        Assert.Equal(expected, string.Join(' ', oldest.Select(item => MessageStore.OfUnfinished(item.Key).Id)));
    }
}
