using Interop.Core.Messages;
using Interop.Platform.Storage;

namespace Interop.Platform.Subjects;

/// <summary>Where the rows of a subject stand, and the references that lead to it.</summary>
static class SubjectKeys
{
    public const string Incident = "incident";
    public const string MessagePart = "message";
    public const string RunPart = "run";
    public const string ClockPart = "clock";
    public const string MergedPart = "merged";
    public const string StartingPart = "starting";
    public const string Subject = "subject";
    public const string ParkedPart = "parked";

    public static string Partition(OrganisationId organisation, SubjectId subject) => PartitionKey.Of(organisation.Value, "subject", subject.Value);

    /// <summary>The partition of the subject that is named after the reference: what begins with a reference stands where the reference is looked up, so that both are written at once.</summary>
    public static string Reference(OrganisationId organisation, Reference reference) => Partition(organisation, SubjectId.For(organisation, reference));

    public static string Message(string message) => RowKey.Of(MessagePart, message);

    public static string Run(string workflow) => RowKey.Of(RunPart, workflow);

    /// <summary>A run that another run about the same subject started.</summary>
    public static string Run(string workflow, string run) => RowKey.Of(RunPart, workflow, run);

    public static string Clock(string rule, string trigger) => RowKey.Of(ClockPart, rule, trigger);

    /// <summary>Says that events about the subject wait for others, to begin a run with them.</summary>
    public static string Starting(string workflow, string set) => RowKey.Of(StartingPart, workflow, set);

    public static string Merged(SubjectId other) => RowKey.Of(MergedPart, other.Value);

    public static string Parked(string message) => RowKey.Of(ParkedPart, message);
}
