using System.Globalization;
using Interop.Core.Clocks;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Clocks;

public sealed class ClockCasesTest
{
    static readonly SourceList Cases = (SourceList)SourceReader.Read(
        File.ReadAllText(Path.Combine(ClockData.Folder("tests"), "Core.Tests", "Clocks", "clock-cases.yaml")), "clock-cases.yaml").Value;

    public static TheoryData<string> Names() => [.. Cases.Items.Select(item => item.ToJson()["case"].AsString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Stands_as_the_case_says(string name)
    {
        var data = Cases.Items.Select(item => item.ToJson()).Single(item => item["case"].AsString() == name);
        var kind = data["kind"].StringOrNull ?? "suspect-arrested";
        var events = data["events"].Items.Select(Event).ToArray();
        var trigger = Assert.IsType<ClockEvent.Triggered>(events[0]);
        var rule = Assert.Single(ClockData.Table.StartsOn(kind, trigger.At, trigger.Enhanced));
        if (data["retime"].StringOrNull == "from-assessment") rule = rule with { Retime = RetimePolicy.FromAssessment };
        var clock = events.Skip(1).Aggregate(Clock.Start(rule, trigger.At, trigger.Enhanced), (sum, happened) => sum.With(happened));

        foreach (var (at, wanted) in data["stands"].Members)
            Assert.Equal(wanted.AsString(), Print(clock.StatusAt(Local(at), ClockData.Table.Calendar)));
        if (data.TryGet("alert", out var alert))
        {
            var raised = clock.AlertAt(Local("2026-12-01 00:00"), ClockData.Table.Calendar).Value;
            Assert.Equal(alert.IsNull ? (DateTimeOffset?)null : Local(alert.AsString()), raised);
        }

        Assert.Equal(clock.ToJson(), Clock.FromJson(clock.ToJson(), ClockData.Table).Value.ToJson());
    }

    // Such as "2026-04-02 17:59 triggered enhanced".
    static ClockEvent Event(JsonValue line)
    {
        var parts = line.AsString().Split(' ', 4);
        var at = Local(parts[0] + " " + parts[1]);
        var detail = parts.Length > 3 ? parts[3] : "";
        return parts[2] switch
        {
            "triggered" => new ClockEvent.Triggered(at, detail == "enhanced"),
            "assessed" => new ClockEvent.EntitlementChanged(at, detail == "enhanced"),
            "sent" => new ClockEvent.UpdateSent(at, detail),
            "delivered" => new ClockEvent.UpdateDelivered(at, detail),
            "failed" => new ClockEvent.UpdateFailed(at, detail),
            "cancelled" => new ClockEvent.Cancelled(at, detail),
            _ => throw new FormatException(line.AsString()),
        };
    }

    static string Print(Outcome<ClockStatus> status) => !status.Succeeded ? status.Problems[0].Rule : status.Value switch
    {
        ClockStatus.Due due => $"due {Timestamps.Print(due.DueDay)}",
        ClockStatus.Met met => $"met {Local(met.At)}{(met.Late ? " late" : "")}{(met.Provisional ? " provisionally" : "")}",
        ClockStatus.Breached breached => $"breached {Timestamps.Print(breached.DueDay)} since {Local(breached.Since)}",
        ClockStatus.Cancelled cancelled => $"cancelled {Local(cancelled.At)}",
        var other => other.ToString(),
    };

    static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    static DateTimeOffset Local(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, London.GetUtcOffset(local));
    }

    static string Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
