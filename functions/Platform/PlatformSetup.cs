using System.Collections.Immutable;
using Interop.Core;
using Interop.Platform.Api;
using Interop.Platform.Audit;
using Interop.Platform.Clocks;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Erasure;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Portal;
using Interop.Platform.Reading;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Schedules;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace Interop.Platform;

/// <summary>Wires the platform for a host. The host brings a store, secrets, a work signal, business time and the definitions.</summary>
public static class PlatformSetup
{
    /// <summary>Adds the platform's services. The host adds <see cref="IStore"/>, <see cref="ISecretStore"/>, <see cref="IWorkSignal"/>, <see cref="DefinitionSet"/> and a business <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddInteropPlatform(this IServiceCollection services, DeliveryOptions delivery, SignInOptions signIn)
    {
        services.AddSingleton(delivery);
        services.AddHttpClient(SystemTransport.Client, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(30);
            client.MaxResponseContentBufferSize = delivery.MaxAnswerBytes;
        }).ConfigurePrimaryHttpMessageHandler(() => AddressGuard.Handler(delivery.AllowPrivateNetworks));
        services.AddSingleton<DefinitionRegistry>();
        services.AddSingleton<AuditLog>().AddSingleton<RefusalLog>().AddSingleton<HeldList>().AddSingleton<FailedWork>();
        services.AddSingleton<MessageStore>().AddSingleton<UnfinishedMessages>().AddSingleton<MessageReader>().AddSingleton<MessageProcessor>().AddSingleton<ParkedMessages>().AddSingleton<Corrections>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<ClockWatch>().AddSingleton<SubjectStore>().AddSingleton<ReferenceIndex>();
        services.AddSingleton<RunStepper>().AddSingleton<RunList>().AddSingleton<StartSets>().AddSingleton<EventRouter>().AddSingleton<EffectPerformer>().AddSingleton<DroppedEffects>().AddSingleton<RunOperations>();
        services.AddSingleton<ChildRuns>().AddSingleton<RunEnding>().AddSingleton<ScheduleBook>().AddSingleton<OpenRuns>().AddSingleton<OpenRunsSweep>().AddSingleton<StuckRuns>().AddSingleton<RunExpiry>().AddSingleton<LifecycleTeller>();
        services.AddSingleton<SystemTransport>().AddSingleton<DoubtBook>();
        services.AddSingleton<IFunction, DeliverFunction>().AddSingleton<IFunction, LookupFunction>().AddSingleton<IFunction, MapFunction>().AddSingleton<TokenSource>().AddSingleton<HttpSender>().AddSingleton<IFunction, HttpFunction>().AddSingleton<IFunction, OpenApiFunction>();
        services.AddSingleton<RecordReader>().AddSingleton<ListReader>().AddSingleton<HeldReader>().AddSingleton<AuditReader>();
        services.AddSingleton(host => new RunReader(
            host.GetRequiredService<RunList>(), host.GetRequiredService<MessageStore>(), host.GetRequiredService<SubjectStore>(), host.GetRequiredService<DefinitionRegistry>(),
            host.GetRequiredService<DeliveryOptions>(), host.GetRequiredService<TimeProvider>()));
        services.AddSingleton(host => new RunMoves(
            host.GetRequiredService<RunStepper>(), host.GetRequiredService<RunList>(), host.GetRequiredService<OpenRuns>(), host.GetRequiredService<DefinitionRegistry>(), host.GetRequiredService<TimeProvider>()));
        services.AddSingleton(host => new SystemAuthenticator(host.GetRequiredService<ISecretStore>(), TimeProvider.System));
        services.AddSingleton(host => new MessageIntake(
            host.GetRequiredService<DefinitionRegistry>(), host.GetRequiredService<SystemAuthenticator>(), host.GetRequiredService<MessageReader>(), host.GetRequiredService<MessageStore>(),
            host.GetRequiredService<RefusalLog>(), host.GetRequiredService<TimeProvider>(), host.GetRequiredService<IWorkSignal>()));
        services.AddSingleton(host => new WorkPerformer(
            host.GetRequiredService<MessageProcessor>(), host.GetRequiredService<EffectPerformer>(), host.GetRequiredService<RunStepper>(), host.GetRequiredService<RunEnding>(),
            host.GetRequiredService<ScheduleBook>(), host.GetRequiredService<OpenRunsSweep>(), host.GetRequiredService<RunExpiry>(), host.GetRequiredService<LifecycleTeller>(), host.GetRequiredService<StartSets>(),
            host.GetRequiredService<RefusalLog>(), host.GetRequiredService<FailedWork>(), host.GetRequiredService<IStore>()));
        services.AddSingleton(host => new ClockSweep(host.GetRequiredService<ClockWatch>(), host.GetRequiredService<DefinitionRegistry>()));
        services.AddSingleton(host => new DueWork(host.GetRequiredService<IStore>(), host.GetRequiredService<UnfinishedMessages>(), host.GetRequiredService<DefinitionRegistry>()));
        services.AddSingleton(host => new AuditVerifier(host.GetRequiredService<IStore>(), host.GetRequiredService<ISecretStore>()));
        services.AddInteropIdentity(signIn);
        services.AddRazorComponents();
        services.AddProblemDetails(ProblemDefaults.Configure);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => RowBody.Configure(json.SerializerOptions));
        services.AddOpenApi(OpenApiDescription.Configure);
        return services;
    }

    /// <summary>Publishes the definitions and sets the times of the scheduled ones; or every reason why that cannot be. Before the host listens.</summary>
    public static async Task<ImmutableArray<Problem>> OpenInteropPlatform(this IServiceProvider services, CancellationToken cancellation)
    {
        var problems = await services.GetRequiredService<DefinitionRegistry>().Publish(cancellation);
        if (!problems.IsEmpty) return problems;
        await services.GetRequiredService<ScheduleBook>().Open(cancellation);
        await services.GetRequiredService<OpenRunsSweep>().Open(cancellation);
        return problems;
    }

    /// <summary>Maps the API, its description and the portal.</summary>
    public static IApplicationBuilder UseInteropPlatform(this IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseProblemPages();
        app.UseMiddleware<SecurityHeaders>();
        app.UseAuthentication();
        app.UseOriginCheck();
        app.UseAuthorization();
        return app.UseEndpoints(Map);
    }

    static void Map(IEndpointRouteBuilder routes)
    {
        IntakeApi.Map(routes);
        RecordsApi.Map(routes);
        PortalPages.Map(routes);
        routes.MapGet("/health", () => Results.Json(new { status = "healthy" })).WithName("health").WithTags("Host").WithSummary("Says that the platform answers.").AllowAnonymous();
        routes.MapOpenApi("/openapi.json").AllowAnonymous();
        // Nothing of it leaves for the services of its makers.
        routes.MapScalarApiReference("/docs", scalar => scalar
            .WithTitle("Interop.Cloud API").WithOpenApiRoutePattern("/openapi.json").HideDeveloperTools().DisableAgent().DisableTelemetry().DisableDefaultFonts()).AllowAnonymous();
    }
}
