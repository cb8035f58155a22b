using Azure.Core;
using Azure.Messaging.ServiceBus;
using Azure.Monitor.OpenTelemetry.Exporter;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Interop.Functions.Intake;
using Interop.Functions.Telemetry;
using Interop.Functions.Work;
using Interop.Platform;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Tables;
using Interop.Platform.Work;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Interop.Functions.Hosting;

/// <summary>Wires the platform with the adapters of Azure.</summary>
static class AzureSetup
{
    /// <summary>Everything, reached as the app's managed identity.</summary>
    public static IServiceCollection AddInteropAzure(this IServiceCollection services, AzureOptions options, DefinitionSet definitions, TablesStore store, TokenCredential credential)
    {
        services.AddSingleton(definitions).AddSingleton(TimeProvider.System).AddSingleton(store).AddSingleton<IStore>(store);
        services.AddSingleton(_ => new ServiceBusClient(options.ServiceBus, credential)).AddSingleton(provider => provider.GetRequiredService<ServiceBusClient>().CreateSender(WorkMessage.Queue));
        services.AddSingleton<ISecretStore>(_ => new KeyVaultSecrets(new SecretClient(options.KeyVault, credential), TimeProvider.System));
        services.AddInteropPlatform(options.Delivery, options.SignIn);
        services.AddInteropSignIn(new BlobServiceClient(options.Blobs, credential).GetBlobContainerClient(SignInKeys.Container), credential);
        services.AddSingleton(new WallClock(TimeProvider.System, TimeProvider.System, time => time));
        return services.AddInteropWork().AddInteropTelemetry(options.TracesRatio, credential);
    }

    /// <summary>Signals, work, intake and site: all that knows no service of Azure but the bus's sender, so that tests run the same. The host adds a <see cref="WallClock"/>.</summary>
    public static IServiceCollection AddInteropWork(this IServiceCollection services)
    {
        services.AddSingleton<WorkSender>().AddHostedService(provider => provider.GetRequiredService<WorkSender>());
        services.AddSingleton<WorkSignals>().AddSingleton<IWorkSignal>(provider => provider.GetRequiredService<WorkSignals>());
        services.AddSingleton<BusWork>().AddSingleton<BusIntake>().AddSingleton<FileIntake>().AddSingleton<DueSweep>().AddSingleton<StuckRunWatch>().AddSingleton<BreachWatch>();
        return services.AddSingleton<Site>().AddSingleton<Runs.PerformRow>().AddSingleton<Triggers.TimerWatch>();
    }

    /// <summary>What sign-in needs beyond the platform's own: proof of the app to Entra ID, and keys that all instances share.</summary>
    public static IServiceCollection AddInteropSignIn(this IServiceCollection services, BlobContainerClient keys, TokenCredential credential)
    {
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>>(new ClientAssertion(credential));
        services.AddDataProtection().SetApplicationName("Interop.Functions");
        return services.Configure<KeyManagementOptions>(management => management.XmlRepository = new SignInKeys(keys));
    }

    /// <summary>Traces, logs and metrics, exported to Azure Monitor. The exporter brings samplers of its own: five traces a second, and no log of a trace that is not among them. Ours stand in their place.</summary>
    internal static IServiceCollection AddInteropTelemetry(this IServiceCollection services, double tracesRatio, TokenCredential? credential)
    {
        services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        services.AddOpenTelemetry().WithTracing(traces => traces
            .AddSource(Traces.SourceName, "Azure.*", "Microsoft.DurableTask")
            .AddHttpClientInstrumentation()
            .AddProcessor(new FailureKeeper())
            .AddAzureMonitorTraceExporter(exporter => exporter.Credential = credential)
            .SetSampler(new RecordingSampler(tracesRatio)));
        services.AddOpenTelemetry().WithLogging(logs => logs.AddAzureMonitorLogExporter(exporter => (exporter.Credential, exporter.EnableTraceBasedLogsSampler) = (credential, false)));
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(exporter => exporter.Credential = credential));
        return services;
    }
}
