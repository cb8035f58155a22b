using Azure.Messaging.ServiceBus;
using Interop.Functions.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Functions.Work;

/// <summary>That an organisation's messages which came before a time are not finished.</summary>
sealed record UnfinishedNews(string Organisation, DateTimeOffset Before);

/// <summary>The message that tells of work: addresses of rows. Its session keeps what must not be done at once one after the other: the news of one run, and an organisation's messages.</summary>
static class WorkMessage
{
    /// <summary>The queue, with sessions.</summary>
    public const string Queue = "work";

    public const string Run = "run";
    public const string Row = "row";

    /// <summary>An organisation's messages wait: the oldest are worked off.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>The property that counts how often news of a run was put off.</summary>
    public const string Deferrals = "deferrals";

    public static ServiceBusMessage Of(RunNews news)
    {
        var isRun = new WorkItem(news.Partition, "", IsFresh: false).IsOfRun;
        return new ServiceBusMessage(BinaryData.FromObjectAsJson(news))
        {
            Subject = isRun ? Run : Row,
            SessionId = isRun ? news.Partition : PartitionKey.Split(news.Partition)[0],
            ContentType = "application/json",
        };
    }

    public static ServiceBusMessage Of(UnfinishedNews news) => new(BinaryData.FromObjectAsJson(news)) { Subject = Unfinished, SessionId = news.Organisation, ContentType = "application/json" };

    public static UnfinishedNews ReadUnfinished(ServiceBusReceivedMessage message) => message.Body.ToObjectFromJson<UnfinishedNews>() ?? throw new InvalidDataException("The message tells of nothing.");

    public static RunNews Read(ServiceBusReceivedMessage message) => message.Body.ToObjectFromJson<RunNews>() ?? throw new InvalidDataException("The message tells of nothing.");
}
