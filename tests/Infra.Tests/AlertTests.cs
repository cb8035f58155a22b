using System.Text.Json.Nodes;

namespace Interop.Infra.Tests;

/// <summary>The queries of the log alerts: Azure refuses a rule whose query names a table or column that is not there yet, and the first deployment with it.</summary>
public sealed class AlertTests(Template template) : IClassFixture<Template>
{
    [SkippableFact]
    public void EveryLogAlert_BearsTablesThatAreNotThereYet()
    {
        Assert.Equal(5, Queries().Count);
        Assert.All(Queries(), query => Assert.StartsWith("union isfuzzy=true ", query.Value, StringComparison.Ordinal));
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
    [InlineData("stuck-runs", "RunIsStuck")]
    [InlineData("clock-breached", "ClockIsBreached")]
    public void AlertsOnRecords_ReadTracesAndExceptions(string alert, string record) =>
        Assert.Equal($"union isfuzzy=true traces, exceptions | where customDimensions.EventName == \"{record}\"", Queries()[alert]);

    // Those of the list by their names there, with the one that stands alone.
    Dictionary<string, string> Queries()
    {
        template.Compiled();
        var variables = template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!;
        var queries = variables["queries"]!.AsArray().Cast<JsonObject>().ToDictionary(one => one["name"]!.ToString(), one => one["query"]!.ToString());
        queries["refused-secrets"] = variables["refused"]!.ToString();
        return queries;
    }
}
