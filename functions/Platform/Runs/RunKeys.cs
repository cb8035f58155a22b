using System.Globalization;
using Interop.Core.Messages;
using Interop.Platform.Storage;

namespace Interop.Platform.Runs;

/// <summary>Where the rows of a run stand: one partition a run, so that {state, journal, outbox} is one transaction.</summary>
static class RunKeys
{
    public const string PartitionPart = "run";
    public const string State = "state";

    /// <summary>Says that the run has ended and somebody is still to be told.</summary>
    public const string Ended = "ended";

    /// <summary>Due when what the run worked on is to be removed.</summary>
    public const string Expiry = "expiry";
    public const string JournalPart = "journal";
    public const string RefusalPart = "refusal";
    public const string EffectPart = "effect";
    public const string DoubtPart = "doubt";
    public const string EventPart = "event";
    public const string InboxPart = "inbox";
    public const string LifecyclePart = "lifecycle";
    public const string OperationPart = "operation";

    public static string Partition(OrganisationId organisation, RunId run) => PartitionKey.Of(organisation.Value, PartitionPart, run.Value);

    public static string Journal(long sequence) => RowKey.Of(JournalPart, sequence.ToString("D10", CultureInfo.InvariantCulture));

    /// <summary>Lifecycle events of a step that are still to be told, by the step's first journal entry.</summary>
    public static string Lifecycle(long sequence) => RowKey.Of(LifecyclePart, sequence.ToString("D10", CultureInfo.InvariantCulture));

    /// <summary>An event that the machine refused, noted beside the journal.</summary>
    public static string Refusal(DateTimeOffset at) => RowKey.Of(RefusalPart, at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture));

    /// <summary>What a person did to the run, in order of time.</summary>
    public static string Operation(DateTimeOffset at) => RowKey.Of(OperationPart, at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture));

    public static string Effect(string id) => RowKey.Of(EffectPart, id);

    /// <summary>Since when an effect may have got through without the platform knowing.</summary>
    public static string Doubt(string effect) => RowKey.Of(DoubtPart, effect);

    /// <summary>Says that an event has come to this run, now or ever: an event is taken once.</summary>
    public static string Event(string id) => RowKey.Of(EventPart, id);

    /// <summary>An event not yet given to the machine, in order of arrival.</summary>
    public static string Inbox(DateTimeOffset at, string id) => RowKey.Of(InboxPart, at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture), id);
}
