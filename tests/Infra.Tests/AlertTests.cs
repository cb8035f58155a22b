using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Interop.Infra.Tests;

/// <summary>The queries of the log alerts: Azure refuses a rule whose query names a table or column that is not there yet, and the first deployment with it.</summary>
public sealed partial class AlertTests(Template template) : IClassFixture<Template>
{
    [SkippableFact]
    public void EveryLogAlert_BearsTablesThatAreNotThereYet()
    {
        Assert.Equal(12, Queries().Count);
        Assert.All(Queries(), query => Assert.Matches("^(let ends = )?union isfuzzy=true ", query.Value));
    }

    [SkippableFact]
    public void RefusedSecrets_AsksForNoColumnOrTableThatANewWorkspaceLacks()
    {
        var query = Queries()["refused-secrets"];
        Assert.StartsWith("union isfuzzy=true (datatable(", query, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(?<!column_ifexists\(")httpStatusCode_d""", query);
    }

    [SkippableTheory]
    [InlineData("put-aside", "PutAside")]
    [InlineData("timer-failed", "TimerFailed")]
    [InlineData("row-left", "RowLeft")]
    [InlineData("signal-lost", "SignalLost")]
    [InlineData("news-deferred", "NewsDeferred")]
    [InlineData("file-refused", "FileRefused")]
    [InlineData("stuck-runs", "RunIsStuck")]
    [InlineData("clock-breached", "ClockIsBreached")]
    public void AlertsOnRecords_ReadTracesAndExceptions(string alert, string record) =>
        Assert.Equal($"union isfuzzy=true traces, exceptions | where customDimensions.EventName == \"{record}\"", Queries()[alert]);

    [SkippableFact]
    public void Backlog_AsksForTheAgeThatTheSweepLogs() =>
        Assert.EndsWith("| where customDimensions.EventName == \"Swept\" | where toint(customDimensions.OldestSeconds) > 900", Queries()["backlog"], StringComparison.Ordinal);

    [SkippableFact]
    public async Task EveryRecordThatIsAskedFor_IsALineOfTheHost()
    {
        var lines = await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "functions", "Azure", "Logs.cs"));
        var asked = Queries().Values.SelectMany(query => Record().Matches(query)).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(10, asked.Count);
        Assert.All(asked, name => Assert.Contains($"void {name}(this ILogger log", lines, StringComparison.Ordinal));
    }

    // Whoever is woken by an alert looks for its name.
    [SkippableFact]
    public async Task EveryAlert_IsExplainedOnce()
    {
        template.Compiled();
        var metrics = template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!["metrics"]!.AsArray().Select(one => one!["name"]!.ToString());
        var named = metrics.Concat(Queries().Keys).Concat(["unavailable", "storage-throttled", "budget"]).Order();
        var rows = (await File.ReadAllLinesAsync(Path.Combine(Bicep.Folder, "..", "docs", "operations.md"))).SkipWhile(line => line != "## What each alert means").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);
        var explained = rows.SelectMany(row => row.Split('|')[1].Split(',', StringSplitOptions.TrimEntries)).Order().ToList();
        Assert.Equal(named, explained);
    }

    // A timer without a limit would die unseen.
    [SkippableFact]
    public async Task EveryTimer_IsOverdueSomeTimeAfterItsLastGoodEnd()
    {
        template.Compiled();
        var limits = template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!["timers"]!.AsObject();
        var timers = Timer().Matches(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "functions", "Azure", "Triggers", "TimerFunctions.cs"))).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(4, timers.Count);
        Assert.Equal(timers.Order(), limits.Select(limit => limit.Key).Order());
        var alert = template.Compiled().Single(resource => resource.Type == "Microsoft.Insights/scheduledQueryRules" && resource.Property("displayName") == "timer-overdue");
        Assert.Equal(("P2D", "true"), (alert.Property("overrideQueryTimeRange"), alert.Property("autoMitigate")));
        Assert.All(limits, limit => Assert.InRange((int)limit.Value!, 15, 2 * 24 * 60 - 15));
    }

    // Those of the list by their names there, with the two that stand alone.
    Dictionary<string, string> Queries()
    {
        template.Compiled();
        var variables = template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!;
        var queries = variables["queries"]!.AsArray().Cast<JsonObject>().ToDictionary(one => one["name"]!.ToString(), one => one["query"]!.ToString());
        queries["refused-secrets"] = variables["refused"]!.ToString();
        queries["timer-overdue"] = variables["overdue"]!.ToString().Replace("[format('", "", StringComparison.Ordinal);
        return queries;
    }

    [GeneratedRegex("EventName == \\\"(?<name>\\w+)\\\"")]
    private static partial Regex Record();

    [GeneratedRegex(@"\[Function\(nameof\((?<name>\w+)\)\)\]")]
    private static partial Regex Timer();
}
