using System.Xml.Linq;

namespace Interop.Local.Simulators;

/// <summary>Command and control (XML with its own names, times like 30-MAR-2026 18:20:05, a bare body): the attendance at the reported burglary.</summary>
internal sealed class CommandAndControl(PlatformSender sender, SentLog sent, TimeProvider clock, JourneyPlan plan) : SimulatedSystem("command-and-control", clock, sent)
{
    /// <summary>A unit attends what was reported; the log is sent when it is clear.</summary>
    public void Attend(DateTimeOffset reportedAt) => RunInBackground(async cancel =>
    {
        await WaitUntilAsync(reportedAt + plan.AttendanceTakes, cancel);
        var log = Log(reportedAt);
        await sender.SendAsync(
            new OutgoingMessage("attendance", "application/xml", Documents.Text(log), log.Element("LogNo")!.Value, Clock.GetUtcNow(), Enveloped: false), cancel);
    });

    XElement Log(DateTimeOffset reportedAt) => new("CadLog",
        new XAttribute("version", "4.2"),
        new XElement("LogNo", plan.LogNumber(reportedAt)),
        new XElement("XRef", new XElement("Kind", "WEB"), new XElement("Ref", plan.ReportReference)),
        new XElement("Opened", At(reportedAt, 0.08)),
        new XElement("Nature", "BURDW"),
        new XElement("Narrative", "RESIDENT RETURNED TO FIND REAR DOOR FORCED. NO OFFENDER ON SCENE."),
        new XElement("Locn",
            new XElement("Desc", "14 EXAMPLE TERRACE NORTHMOUTH"), new XElement("PCode", "ZZ99 3WZ"),
            new XElement("East", 455120), new XElement("North", 298340)),
        new XElement("Resource",
            new XElement("CallSign", "NE21"), new XElement("Assigned", At(reportedAt, 0.2)),
            new XElement("AtScene", At(reportedAt, 0.43)), new XElement("Clear", At(reportedAt, 1))),
        new XElement("Grade", "P"),
        new XElement("ResultCode", "CR01"));

    string At(DateTimeOffset reportedAt, double share) =>
        Timestamps.InLondon(reportedAt + (plan.AttendanceTakes * share), "dd-MMM-yyyy HH:mm:ss").ToUpperInvariant();
}
