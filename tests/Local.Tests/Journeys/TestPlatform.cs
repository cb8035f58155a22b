using System.Collections.Immutable;
using System.Net;
using System.Text;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Local.Hosting;
using Interop.Platform.Definitions;
using Interop.Platform.Intake;
using Interop.Platform.Reading;
using Interop.Platform.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>The whole platform in this process: real Kestrel on a free port, real SQLite in a folder of its own.</summary>
sealed class TestPlatform : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come. It takes no longer than the machine does, so only what never comes takes that long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    static readonly Lazy<DefinitionSet> Shipped = new(() => new LocalOptions().Read(Mappings).Value);

    readonly DirectoryInfo folder;

    TestPlatform(LocalHost host, DirectoryInfo folder)
    {
        (Host, this.folder) = (host, folder);
        Client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = host.Address };
    }

    public LocalHost Host { get; }

    public HttpClient Client { get; }

    public static string Mappings => Above("mappings");

    public static string Example(string mapping, string file) => File.ReadAllText(Path.Combine(Mappings, "maps", mapping, "examples", file));

    /// <summary>Where the store and the keys are.</summary>
    public string Folder => folder.FullName;

    /// <summary>Starts the platform; in the folder of an earlier one when that is given.</summary>
    public static async Task<TestPlatform> Start(TimeProvider? clock = null, string? mappings = null, string? folder = null, (string System, Uri At)? address = null)
    {
        var scratch = folder is null ? Directory.CreateTempSubdirectory("interop") : new DirectoryInfo(folder);
        await PublishedStore.Put(scratch.FullName);
        var addresses = ImmutableDictionary<string, Uri>.Empty;
        if (address is { } given) addresses = addresses.Add(given.System, given.At);
        var options = new LocalOptions
        {
            Folder = scratch.FullName, Mappings = mappings ?? Mappings, Read = mappings is null ? _ => Shipped.Value : new LocalOptions().Read, Port = 0, Clock = clock ?? TimeProvider.System, IsQuiet = true,
            Addresses = (_, _) => Task.FromResult<Outcome<ImmutableDictionary<string, Uri>>>(addresses),
        };
        var started = await LocalHost.Start(options, CancellationToken.None);
        Assert.True(started.Succeeded, string.Join('\n', started.Problems.AsEnumerable()));
        return new TestPlatform(started.Value, scratch);
    }

    /// <summary>Posts a message as a system of northshire that signs.</summary>
    public Task<HttpResponseMessage> Post(string system, string type, byte[] body, string mediaType = "application/json", TimeSpan age = default, string? key = null, string? id = null)
    {
        var timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/organisations/northshire/systems/{system}/messages/{type}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        var secret = key ?? Host.Keys.All.GetValueOrDefault($"northshire/{system}/inbound", "none");
        request.Headers.Add(SystemAuthenticator.TimestampHeader, timestamp);
        request.Headers.Add(SystemAuthenticator.SignatureHeader, SystemAuthenticator.Sign(secret, timestamp, body));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
        if (id is not null) request.Headers.Add("ce-id", id);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string system, string type, string body, string mediaType = "application/json") => Post(system, type, Encoding.UTF8.GetBytes(body), mediaType);

    /// <summary>A report as the examples have it, which starts a run.</summary>
    public static string Report => File.ReadAllText(Directory.GetFiles(Path.Combine(Mappings, "maps/online-contact-incident-report/examples"), "*.source.json").Order(StringComparer.Ordinal).First());

    /// <summary>Posts a message that is taken, and gives its id.</summary>
    public async Task<string> Take(string system, string type, string body, string mediaType = "application/json")
    {
        using var answer = await Post(system, type, body, mediaType);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value["id"].AsString();
    }

    /// <summary>A page as a browser asks for it; with a form, as a browser sends it. Redirects are not followed.</summary>
    public async Task<(HttpStatusCode Status, string Html)> Page(string address, string? form = null)
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, address);
        request.Headers.Accept.ParseAdd("text/html");
        if (form is not null) request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The run that a message began; on the day before, where midnight has passed since.</summary>
    public Task<string> FirstRun() => Eventually("A run began", async () =>
    {
        var (reader, now) = (Host.Services.GetRequiredService<RunReader>(), TimeProvider.System.GetUtcNow());
        foreach (var day in new[] { now, now.AddDays(-1) })
            if (await reader.StartedOn(new OrganisationId("northshire"), day, CancellationToken.None) is [var id, ..]) return id;
        return null;
    });

    /// <summary>A list of northshire's API that is of a day, newest first: of this day and the one before, so that nothing is missed where midnight has passed.</summary>
    public async Task<JsonValue> List(string path)
    {
        var today = Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var items = new List<JsonValue>();
        foreach (var day in new[] { today, today.AddDays(-1) })
            items.AddRange(JsonValue.Parse(await Client.GetByteArrayAsync(new Uri($"/api/organisations/northshire{path}?day={day:yyyy-MM-dd}", UriKind.Relative)), JsonLimits.Stored).Value.Items);
        return JsonValue.Of(items);
    }

    /// <summary>Waits until a message stands among the held.</summary>
    public Task Held(string id) => Eventually("It is among the held", async () => (await Page("/held")).Html.Contains(id, StringComparison.Ordinal) ? id : null);

    /// <summary>Says on the portal why a record is looked at.</summary>
    public async Task Say(string page, string justification)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("page", page), KeyValuePair.Create("justification", justification)]);
        using var answer = await Client.PostAsync(new Uri("/justification", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    public async Task SignIn(string organisation, string role)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", organisation), KeyValuePair.Create("role", role)]);
        using var answer = await Client.PostAsync(new Uri("/signin", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>Stops it and leaves its folder.</summary>
    public async Task Stop()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Delete(recursive: true);
    }

    /// <summary>What follows from a message is done shortly after the answer: looks until it is there, for <see cref="Patience"/>.</summary>
    public static async Task<T> Eventually<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var begun = TimeProvider.System.GetTimestamp();
        do
        {
            if (await look() is { } seen) return seen;
        }
        while (TimeProvider.System.GetElapsedTime(begun) < Patience && await timer.WaitForNextTickAsync());
        throw new TimeoutException($"Not seen in {Patience.TotalMinutes:0} minutes: {what}.");
    }

    static string Above(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var found = Path.Combine(at.FullName, name);
            if (Directory.Exists(found) && File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) return found;
        }

        throw new DirectoryNotFoundException($"There is no {name} above {AppContext.BaseDirectory}.");
    }
}
