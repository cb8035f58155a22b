using System.Collections.Immutable;
using Interop.Local.Simulators;

namespace Interop.Local.Demo;

/// <summary>A run as the platform's HTTP API tells of it.</summary>
internal sealed record RunReport(string Id, string Workflow, string Status, string Error = "");

/// <summary>What the platform reports through its HTTP API; the host fills it.</summary>
/// <param name="Runs">Every run of the organisation.</param>
/// <param name="Told">The kinds of update that the platform says were delivered to the victim, in order.</param>
/// <param name="Held">A line for each message that is held.</param>
/// <param name="DeadLetters">A line for each delivery that was given up.</param>
/// <param name="BreachedClocks">A line for each time limit that was breached.</param>
internal sealed record PlatformReport(
    ImmutableArray<RunReport> Runs, ImmutableArray<string> Told, ImmutableArray<string> Held, ImmutableArray<string> DeadLetters, ImmutableArray<string> BreachedClocks);

/// <summary>A message to the victim as GOV.UK Notify holds it.</summary>
internal sealed record NotificationReport(string Reference, string Channel, string Status);

/// <summary>What the simulated systems saw of the journey.</summary>
/// <param name="Received">What each system received, by system id.</param>
/// <param name="Notifications">The messages Notify took, oldest first.</param>
/// <param name="Faults">What went wrong inside the simulators, and messages the platform did not take.</param>
/// <param name="Sent">The messages the platform took, as system id and type.</param>
/// <param name="FaultsWaiting">Planned faults that no call met.</param>
internal sealed record SystemsReport(
    ImmutableDictionary<string, ImmutableArray<Received>> Received, ImmutableArray<NotificationReport> Notifications, ImmutableArray<string> Faults,
    ImmutableArray<string> Sent, int FaultsWaiting)
{
    /// <summary>The report of running simulators.</summary>
    public static SystemsReport Of(SimulatedSystems systems) => new(
        systems.All.ToImmutableDictionary(system => system.Id, system => system.Received.Entries.ToImmutableArray(), StringComparer.Ordinal),
        [.. systems.Notify.Messages.Select(message => new NotificationReport(message.Request.Reference ?? "", message.Request.Type, message.Status))],
        [.. systems.Faults],
        [.. systems.All.SelectMany(system => system.Sent.Entries.Where(sent => sent.Result == SendResult.Accepted).Select(sent => $"{system.Id}/{sent.Type}"))],
        systems.Notify.FaultsWaiting);
}
