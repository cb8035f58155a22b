using System.Globalization;
using Interop.Core.Json;
using Interop.Functions.Intake;
using Interop.Functions.Work;

namespace Interop.Azure.Tests.Hosting;

/// <summary>The settings of the Functions host, in the output as at the root.</summary>
public sealed class HostFileTests
{
    static readonly string Output = Path.Combine(AppContext.BaseDirectory, "host.json");

    static JsonValue Settings => JsonValue.Parse(File.ReadAllBytes(Output)).Value;

    [Fact]
    public void Host_file_in_the_output_is_the_one_at_the_root() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Interop.Local.Tests.Journeys.TestPlatform.Mappings, "..", "host.json")), File.ReadAllText(Output));

    [Fact]
    public void Project_links_the_host_file_and_the_definitions_into_what_is_published()
    {
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(Interop.Local.Tests.Journeys.TestPlatform.Mappings, "..", "functions", "Azure", "Interop.Functions.csproj"));
        var published = project.Descendants("None").Where(item => item.Attribute("CopyToPublishDirectory")?.Value == "PreserveNewest").Select(item => item.Attribute("Include")!.Value).ToArray();
        Assert.Equal(["../../host.json", "../../mappings/**"], published);
    }

    [Fact]
    public void Messages_are_settled_by_the_platform_one_at_a_time_in_a_session()
    {
        var bus = Settings["extensions"]["serviceBus"];
        Assert.Equal(JsonValue.False, bus["autoCompleteMessages"]);
        Assert.Equal("1", bus["maxConcurrentCallsPerSession"].ToString());
    }

    [Fact]
    public void Durable_Task_Scheduler_keeps_the_orchestrations_and_no_payload_is_traced()
    {
        var durable = Settings["extensions"]["durableTask"];
        Assert.Equal("azureManaged", durable["storageProvider"]["type"].AsString());
        Assert.Equal(JsonValue.False, durable["tracing"]["traceInputsAndOutputs"]);
    }

    // While a release is rolled out, instances of before must not take up orchestrations that it began.
    [Fact]
    public void Orchestrations_have_a_version_and_older_code_leaves_newer_ones_alone()
    {
        var durable = Settings["extensions"]["durableTask"];
        Assert.True(Version.TryParse($"{durable["defaultVersion"].AsString()}.0", out _));
        Assert.Equal(("CurrentOrOlder", "Reject"), (durable["versionMatchStrategy"].AsString(), durable["versionFailureStrategy"].AsString()));
    }

    [Fact]
    public void Sampling_leaves_failures_and_log_lines_alone()
    {
        var left = Settings["logging"]["applicationInsights"]["samplingSettings"]["excludedTypes"].AsString().Split(';');
        Assert.Superset(new HashSet<string> { "Exception", "Trace", "Event" }, left.ToHashSet());
    }

    // The platform holds what fails again and again. While the store fails it cannot, and what the bus or the host then puts aside is on nobody's list.
    [Fact]
    public void Bus_and_host_give_up_long_after_the_platform_does()
    {
        var queues = File.ReadAllText(Path.Combine(Interop.Local.Tests.Journeys.TestPlatform.Mappings, "..", "infra", "modules", "bus.bicep")).Split("maxDeliveryCount: ")[1].Split('\n')[0];
        var files = Settings["extensions"]["blobs"]["poisonBlobThreshold"].ToString();
        Assert.InRange(int.Parse(queues, CultureInfo.InvariantCulture), 100 * BusWork.MostDeliveries, int.MaxValue);
        Assert.InRange(int.Parse(files, CultureInfo.InvariantCulture), 100 * FileIntake.MostTries, int.MaxValue);
    }
}
