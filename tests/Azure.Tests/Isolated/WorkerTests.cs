using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Interop.Azure.Tests.Hosting;
using Interop.Core.Json;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Tests.Storage.Tables;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Isolated;

/// <summary>The isolated worker as a process of its own, as the Functions host starts it: what it says of its functions, and one call of the site and one of a timer through it, on a storage account without keys.</summary>
[Collection(AzuriteTests.Name)]
public sealed class WorkerTests(Azurite azurite, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Worker_StartedByAHost_TellsItsFunctionsAndAnswersACallAndATimer()
    {
        azurite.SkipIfMissing();
        await using var account = await StorageAccount.Start();
        await using var host = await FunctionsHost.Start();
        var said = new ConcurrentQueue<string?>();
        using var worker = Start(host, account, said);
        try
        {
            await host.Heard("startStream");
            host.Say("""{ "requestId": "1", "workerInitRequest": { "hostVersion": "4.1000.0.0", "functionAppDirectory": ".", "workerDirectory": "." } }""");
            var started = await host.Heard("workerInitResponse");
            Assert.Equal("Success", started["result"]["status"].AsString());

            host.Say("""{ "requestId": "2", "functionsMetadataRequest": { "functionAppDirectory": "." } }""");
            var functions = (await host.Heard("functionMetadataResponse"))["functionMetadataResults"].Items;
            Assert.Superset(new HashSet<string> { "Site", "OnlineContact", "NationalRecords", "CourtResults", "Clocks", "DueRows", "WorkflowRun", "PerformRow" }, functions.Select(Name).ToHashSet(StringComparer.Ordinal));
            Assert.Contains("{*path}", One(functions, "Site")["rawBindings"].ToString(), StringComparison.Ordinal);

            await Load(host, One(functions, "Clocks"));
            Assert.Equal("Success", (await Call(host, One(functions, "Clocks"), """{ "name": "timer", "data": { "json": "{\"Schedule\":{\"AdjustForDST\":true},\"ScheduleStatus\":null,\"IsPastDue\":false}" } }"""))["result"]["status"].AsString());

            await Load(host, One(functions, "Site"));
            var called = Call(host, One(functions, "Site"), """{ "name": "request", "data": { "http": { } } }""");
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(started["capabilities"]["HttpUri"].AsString()), "/health")) { Headers = { { "x-ms-invocation-id", Id(One(functions, "Site")) } } };
            using var answer = await client.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            Assert.Equal("Success", (await called)["result"]["status"].AsString());
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
            output.WriteLine(string.Join('\n', said));
        }
    }

    static Process Start(FunctionsHost host, StorageAccount account, ConcurrentQueue<string?> said)
    {
        var program = Path.Combine(TestPlatform.Mappings, "..", "functions", "Azure", "bin", PublishTests.Built("Configuration"), "net10.0", "Interop.Functions.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--functions-uri", host.Address.AbsoluteUri, "--functions-worker-id", "worker", "--functions-request-id", "start", "--functions-grpc-max-message-length", "134217728"])
        {
            WorkingDirectory = Path.GetDirectoryName(program), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = start.WorkingDirectory;
        foreach (var (name, value) in account.Settings) start.Environment[name] = value;
        foreach (var (name, value) in new[] { ("ServiceBus__fullyQualifiedNamespace", "bus.invalid"), ("KeyVault__Uri", "https://vault.invalid/"), ("SignIn__Authority", "https://login.invalid/"), ("SignIn__ClientId", "client"), ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://127.0.0.1:1/") })
            start.Environment[name] = value;
        var worker = Process.Start(start)!;
        worker.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        worker.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    static JsonValue One(IEnumerable<JsonValue> functions, string name) => functions.Single(function => Name(function) == name);

    // The host gives functions their ids.
    static string Name(JsonValue function) => function["name"].AsString();

    static string Id(JsonValue function) => $"call-of-{Name(function)}";

    static async Task Load(FunctionsHost host, JsonValue function)
    {
        host.Say($$"""{ "requestId": "3", "functionLoadRequest": { "functionId": "{{Name(function)}}", "metadata": {{function}} } }""");
        var loaded = await host.Heard("functionLoadResponse", one => one["functionId"].AsString() == Name(function));
        Assert.True(loaded["result"]["status"].AsString() == "Success", loaded.ToString());
    }

    static Task<JsonValue> Call(FunctionsHost host, JsonValue function, string input)
    {
        host.Say($$"""{ "requestId": "4", "invocationRequest": { "invocationId": "{{Id(function)}}", "functionId": "{{Name(function)}}", "inputData": [ {{input}} ], "traceContext": { } } }""");
        return host.Heard("invocationResponse", one => one["invocationId"].AsString() == Id(function));
    }
}
