using System.Collections.Immutable;
using System.Net;
using System.Text;
using Interop.Core.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform with one short workflow in place of the victim's journey: a reported incident is looked up and given to the prosecutor, whose side answers here.</summary>
sealed class CaseDesk : IAsyncDisposable
{
    const string CaseFile = "case-management-case-file-answer";
    const string Agreement = "agreements/northshire-cps-prosecution.yaml";

    const string Workflow = """
        document: { dsl: '1.0.3', namespace: policing, name: case-desk, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported }, correlate: { incident: { from: .subject } } } } }
        input: { from: '.[0]' }
        do:
          - lookUp: { call: lookup, with: { record: incident } }
          - send:
              call: deliver
              with:
                to: prosecution
                message: case-file
                purpose: prosecution
                record: >-
                  ${ { references: (.references + [{ kind: "crime", value: "NS/0104412/26" }] | unique_by([.kind, .value])), offence, status: "awaiting-decision", recordedAt: .reportedAt, location,
                       persons: [.persons[] | del(.contact, .ethnicity)], summary: .description } }
        """;

    readonly WebApplication prosecutor;
    readonly DirectoryInfo mappings;
    readonly List<string> received = [];

    CaseDesk(WebApplication prosecutor, DirectoryInfo mappings) => (this.prosecutor, this.mappings) = (prosecutor, mappings);

    public TestPlatform Platform { get; private set; } = null!;

    /// <summary>The case files that the prosecutor received.</summary>
    public ImmutableArray<string> Received
    {
        get { lock (received) return [.. received]; }
    }

    public static string Report => TestPlatform.Example("online-contact-incident-report", "burglary.source.json");

    /// <summary>Starts it.</summary>
    /// <param name="withAgreement">Whether there is an agreement by which the prosecutor may be given anything.</param>
    /// <param name="change">Changes the definitions in their folder beforehand.</param>
    public static async Task<CaseDesk> Start(bool withAgreement = true, Action<string>? change = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var folder = Directory.CreateTempSubdirectory("interop");
        var desk = new CaseDesk(builder.Build(), folder);
        desk.prosecutor.MapPost("/case-files", desk.Take);
        await desk.prosecutor.StartAsync();
        DefinitionsCopy.To(folder.FullName);
        File.Delete(Path.Combine(folder.FullName, "workflows/victim-journey.yaml"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "workflows/case-desk.yaml"), Workflow);
        if (!withAgreement) File.Delete(Path.Combine(folder.FullName, Agreement));
        change?.Invoke(folder.FullName);
        desk.Platform = await desk.StartPlatform(null);
        return desk;
    }

    /// <summary>Starts the platform again, with the agreement.</summary>
    public async Task RestartWithAgreement()
    {
        File.Copy(Path.Combine(TestPlatform.Mappings, Agreement), Path.Combine(mappings.FullName, Agreement));
        await Platform.Stop();
        Platform = await StartPlatform(Platform.Folder);
    }

    /// <summary>Sends a message of northshire; gives its id when the platform is done with it.</summary>
    public async Task<string> Send(string system, string type, string body, string mediaType = "application/json")
    {
        using var answer = await Platform.Post(system, type, body, mediaType);
        var id = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["id"].AsString();
        await Eventually(async () => (await Get("/messages")).Items.Any(message => message["id"].AsString() == id && message["status"].AsString() != "received"));
        return id;
    }

    /// <summary>What northshire's API answers.</summary>
    public async Task<JsonValue> Get(string path) => path is "/runs" or "/messages" ? await Platform.List(path) : JsonValue.Parse(await Platform.Client.GetByteArrayAsync(Of(path))).Value;

    /// <summary>The lines of northshire's log; those of the day before too, where midnight has passed since.</summary>
    public async Task<JsonValue[]> Logged()
    {
        var today = TimeProvider.System.GetUtcNow();
        return [.. (await Get($"/audit/{today.AddDays(-1):yyyy-MM-dd}")).Items, .. (await Get($"/audit/{today:yyyy-MM-dd}")).Items];
    }

    /// <summary>An address below northshire's API.</summary>
    public static Uri Of(string path) => new($"/api/organisations/northshire{path}", UriKind.Relative);

    /// <summary>Asks until it is so.</summary>
    public static Task Eventually(Func<Task<bool>> isSo) => TestPlatform.Eventually("it becomes so", async () => await isSo() ? "so" : null);

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await prosecutor.DisposeAsync();
        mappings.Delete(recursive: true);
    }

    async Task<TestPlatform> StartPlatform(string? folder)
    {
        var platform = await TestPlatform.Start(mappings: mappings.FullName, folder: folder, address: ("case-management", new Uri(prosecutor.Urls.First())));
        await platform.SignIn("northshire", "administrator");
        return platform;
    }

    async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        lock (received) received.Add(body);
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(TestPlatform.Example(CaseFile, Path.GetFileName(Directory.GetFiles(Path.Combine(TestPlatform.Mappings, "maps", CaseFile, "examples"), "*.source.xml")[0])));
    }
}
