using System.Collections.Frozen;
using System.Text;
using Interop.Core.Messages;
using Interop.Local.Tests.Journeys;
using Interop.Platform;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Subjects;
using Interop.Platform.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Crashes;

/// <summary>The platform's own services over a store that fails when told to; what is due is done here, step by step, and done again after each failure.</summary>
sealed class CrashWorld : IAsyncDisposable, ISecretStore, IWorkSignal
{
    const int MostSteps = 500;
    static readonly OrganisationId Force = new("northshire");
    static readonly DateTimeOffset Day = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    // It stands, so that what is put off is not due however long a step takes.
    readonly FakeTimeProvider clock = new(Day);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop");
    readonly SqliteStore store;
    readonly ServiceProvider services;

    CrashWorld(DefinitionSet definitions)
    {
        store = SqliteStore.Open(folder.FullName).Value;
        Faulty = new FaultyStore(store);
        services = new ServiceCollection().AddLogging()
            .AddSingleton(definitions).AddSingleton<IStore>(Faulty).AddSingleton<ISecretStore>(this).AddSingleton<IWorkSignal>(this).AddSingleton<TimeProvider>(clock)
            .AddInteropPlatform(new DeliveryOptions { AllowPrivateNetworks = true }, new SignInOptions()).BuildServiceProvider();
    }

    public FaultyStore Faulty { get; }

    /// <summary>Opens a store of its own, with the repository's definitions but no workflow.</summary>
    public static CrashWorld Open()
    {
        var files = DefinitionFolder.Read(TestPlatform.Mappings).Value;
        return new CrashWorld(DefinitionSet.Load(files.RemoveRange(files.Keys.Where(file => file.StartsWith("workflows/", StringComparison.Ordinal)))).Value);
    }

    public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult<string?>("the-key-of-everything");

    public void Due(WorkItem item, DateTimeOffset at)
    {
    }

    /// <summary>Sends until it is answered, as a system does, and does what is due.</summary>
    public async Task Take(string system, string type, string id, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = "Bearer the-key-of-everything", ["Content-Type"] = system == "online-contact" ? "application/json" : "application/xml",
            ["ce-specversion"] = "1.0", ["ce-id"] = id, ["ce-source"] = "/tests", ["ce-type"] = type,
        };
        var bytes = Encoding.UTF8.GetBytes(body);
        if (system == "online-contact")
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            (headers[SystemAuthenticator.TimestampHeader], headers[SystemAuthenticator.SignatureHeader]) = (now, SystemAuthenticator.Sign("the-key-of-everything", now, bytes));
        }

        var intake = services.GetRequiredService<MessageIntake>();
        await Again(async () => Assert.IsType<IntakeResult.Stored>(await intake.Receive(new IncomingMessage(Force.Value, system, type, bytes, headers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)), CancellationToken.None)));
        await Drain();
    }

    /// <summary>What there is in the end, in words that do not depend on times or on how often something was tried.</summary>
    public async Task<string> Standing()
    {
        var text = new StringBuilder();
        var references = services.GetRequiredService<ReferenceIndex>();
        var subjects = services.GetRequiredService<SubjectStore>();
        foreach (var reference in new[] { new Reference("online-report", "NSH-1-26-0417-000"), new Reference("command-log", "NS-20260330-0417") })
        {
            foreach (var subject in await references.Find(Force, [reference], CancellationToken.None))
                text.AppendLine($"{reference} -> {subject}: {(await subjects.Find(Force, subject, CancellationToken.None))?.Record}");
        }

        foreach (var entry in await services.GetRequiredService<AuditLog>().OfDay(Force, DateOnly.FromDateTime(Day.UtcDateTime), 1_000, CancellationToken.None))
            text.AppendLine($"{entry.Data.Operation} {string.Join(' ', entry.Data.What.Order(StringComparer.Ordinal))}");
        text.AppendLine($"held: {(await services.GetRequiredService<HeldList>().All(Force, 100, CancellationToken.None)).Length}");
        return string.Join('\n', text.ToString().Split('\n').Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    async Task Drain()
    {
        var (performer, work) = (services.GetRequiredService<WorkPerformer>(), services.GetRequiredService<DueWork>());
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var now = clock.GetUtcNow();
            var (item, _) = await work.Rows(now, 1, CancellationToken.None).Concat(work.Messages(now.AddTicks(1), CancellationToken.None)).FirstOrDefaultAsync();
            if (item is null) return;
            await Again(() => performer.Perform(item, CancellationToken.None));
        }

        throw new TimeoutException($"Something is still due after {MostSteps} steps.");
    }

    static async Task Again(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreException)
        {
            await act();
        }
    }
}
