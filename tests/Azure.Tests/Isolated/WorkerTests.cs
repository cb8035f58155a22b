using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Azure.Tests.Hosting;
using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Platform.Tests.Storage.Tables;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Isolated;

/// <summary>The isolated worker as a process of its own, as the Functions host starts it: what it says of its functions, and calls of the site and of a timer through it, behind Easy Auth, on a storage account without keys.</summary>
[Collection(AzuriteTests.Name)]
public sealed class WorkerTests(Azurite azurite, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Worker_StartedByAHost_TellsItsFunctionsAndAnswersACallAndATimer()
    {
        azurite.SkipIfMissing();
        await using var account = await StorageAccount.Start();
        var folder = await PublishedApp.Folder;
        output.WriteLine($"Published: {new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1_000_000} MB");

        // The first start checks every definition; a later one finds them published.
        await Started("first", folder, account, Speak);
        await Started("later", folder, account, async (host, started) =>
        {
            host.Say("""{ "requestId": "2", "functionsMetadataRequest": { "functionAppDirectory": "." } }""");
            var site = One((await host.Heard("functionMetadataResponse"))["functionMetadataResults"].Items, "Site");
            await Load(host, site);
            Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await Ask(host, site, new Uri(new Uri(started["capabilities"]["HttpUri"].AsString()), "/health"), "1"));
        });
    }

    async Task Started(string which, string folder, StorageAccount account, Func<FunctionsHost, JsonValue, Task> speak)
    {
        await using var host = await FunctionsHost.Start();
        var (said, began) = (new ConcurrentQueue<string?>(), Stopwatch.GetTimestamp());
        using var worker = Start(folder, host, account, said);
        try
        {
            await host.Heard("startStream");
            host.Say("""{ "requestId": "1", "workerInitRequest": { "hostVersion": "4.1000.0.0", "functionAppDirectory": ".", "workerDirectory": "." } }""");
            var started = await host.Heard("workerInitResponse");
            Assert.Equal("Success", started["result"]["status"].AsString());
            output.WriteLine($"The {which} start took {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {worker.TotalProcessorTime.TotalSeconds:0.0} s of a processor and {worker.WorkingSet64 / 1_000_000} MB.");

            // The worker's server listens a little later than it answers the host, which tries again until then.
            await Eventually.Holds("the worker listens", () => Listens(new Uri(started["capabilities"]["HttpUri"].AsString())));
            await speak(host, started);
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
            output.WriteLine(string.Join('\n', said));
        }
    }

    static async Task<bool> Listens(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static async Task Speak(FunctionsHost host, JsonValue started)
    {
        host.Say("""{ "requestId": "2", "functionsMetadataRequest": { "functionAppDirectory": "." } }""");
        var functions = (await host.Heard("functionMetadataResponse"))["functionMetadataResults"].Items;
        Assert.Superset(new HashSet<string> { "Site", "OnlineContact", "NationalRecords", "CourtResults", "Clocks", "DueRows", "WorkflowRun", "PerformRow" }, functions.Select(Name).ToHashSet(StringComparer.Ordinal));
        Assert.Contains("{*path}", One(functions, "Site")["rawBindings"].ToString(), StringComparison.Ordinal);

        await Load(host, One(functions, "Clocks"));
        Assert.Equal("Success", (await Call(host, One(functions, "Clocks"), """{ "name": "timer", "data": { "json": "{\"Schedule\":{\"AdjustForDST\":true},\"ScheduleStatus\":null,\"IsPastDue\":false}" } }"""))["result"]["status"].AsString());

        var site = One(functions, "Site");
        await Load(host, site);
        var address = new Uri(started["capabilities"]["HttpUri"].AsString());
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await Ask(host, site, new Uri(address, "/health"), "1"));

        // Whom Easy Auth tells of is let in; nobody else is.
        var messages = new Uri(address, "/api/organisations/northshire/messages");
        var analyst = Base64("""{ "auth_typ": "aad", "claims": [ { "typ": "tid", "val": "one" }, { "typ": "sub", "val": "user-1" }, { "typ": "organisation", "val": "northshire" }, { "typ": "roles", "val": "analyst" } ] }""");
        Assert.Equal((HttpStatusCode.OK, "[]"), await Ask(host, site, messages, "2", ("X-MS-CLIENT-PRINCIPAL", analyst)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(host, site, messages, "3")).Status);

        // Forms come from this site, by the name and the scheme under which the host was called.
        var form = new Uri(address, "/justification");
        (string, string)[] forwarded = [("X-MS-CLIENT-PRINCIPAL", analyst), ("X-Forwarded-Host", "interop.example"), ("X-Forwarded-Proto", "https")];
        Assert.Equal(HttpStatusCode.Found, (await Ask(host, site, form, "4", [.. forwarded, ("Origin", "https://interop.example")])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(host, site, form, "5", [.. forwarded, ("Origin", "https://elsewhere.example")])).Status);
    }

    static Process Start(string folder, FunctionsHost host, StorageAccount account, ConcurrentQueue<string?> said)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Interop.Functions.dll"), "--functions-uri", host.Address.AbsoluteUri, "--functions-worker-id", "worker", "--functions-request-id", "start", "--functions-grpc-max-message-length", "134217728"])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = start.WorkingDirectory;
        foreach (var (name, value) in account.Settings) start.Environment[name] = value;
        foreach (var (name, value) in new[] { ("ServiceBus__fullyQualifiedNamespace", "bus.invalid"), ("KeyVault__Uri", "https://vault.invalid/"), ("SignIn__Authority", "https://login.invalid/"), ("SignIn__ClientId", "client"), ("SignIn__Mode", "easyAuth"), ("WEBSITE_AUTH_ENABLED", "True"), ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://127.0.0.1:1/") })
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

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // What the host does with a call: it tells the worker of it, and passes it on. What names an origin sends a form.
    static async Task<(HttpStatusCode Status, string Body)> Ask(FunctionsHost host, JsonValue site, Uri address, string number, params (string Name, string Value)[] headers)
    {
        var called = Call(host, site, """{ "name": "request", "data": { "http": { } } }""", number);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "x-ms-invocation-id", Id(site, number) } } };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (request.Headers.Contains("Origin")) (request.Method, request.Content) = (HttpMethod.Post, new FormUrlEncodedContent([KeyValuePair.Create("page", "/")]));
        using var answer = await client.SendAsync(request);
        Assert.Equal("Success", (await called)["result"]["status"].AsString());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    static string Id(JsonValue function, string number) => $"call-{number}-of-{Name(function)}";

    static async Task Load(FunctionsHost host, JsonValue function)
    {
        host.Say($$"""{ "requestId": "3", "functionLoadRequest": { "functionId": "{{Name(function)}}", "metadata": {{function}} } }""");
        var loaded = await host.Heard("functionLoadResponse", one => one["functionId"].AsString() == Name(function));
        Assert.True(loaded["result"]["status"].AsString() == "Success", loaded.ToString());
    }

    static Task<JsonValue> Call(FunctionsHost host, JsonValue function, string input, string number = "1")
    {
        host.Say($$"""{ "requestId": "4", "invocationRequest": { "invocationId": "{{Id(function, number)}}", "functionId": "{{Name(function)}}", "inputData": [ {{input}} ], "traceContext": { } } }""");
        return host.Heard("invocationResponse", one => one["invocationId"].AsString() == Id(function, number));
    }
}
