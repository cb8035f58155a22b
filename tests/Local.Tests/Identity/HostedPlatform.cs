using System.Collections.Immutable;
using System.Net;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Work;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Identity;

/// <summary>The platform as a hosted service runs it: over TLS, with sign-in by OpenID Connect or behind Easy Auth. Its browser keeps cookies and follows what it is told.</summary>
sealed class HostedPlatform : IAsyncDisposable
{
    readonly WebApplication web;
    readonly SqliteStore store;
    readonly DirectoryInfo folder;

    HostedPlatform(WebApplication web, SqliteStore store, DirectoryInfo folder)
    {
        (this.web, this.store, this.folder) = (web, store, folder);
        Browser = new HttpClient(LoopbackCertificate.Client()) { BaseAddress = new Uri(web.Urls.First()) };
    }

    public HttpClient Browser { get; }

    public IServiceProvider Services => web.Services;

    /// <summary>Starts it with the shipped definitions, as they are changed here.</summary>
    public static async Task<HostedPlatform> Start(string authority, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>>? change = null, bool isEasyAuth = false)
    {
        var scratch = Directory.CreateTempSubdirectory("interop");
        var opened = SqliteStore.Open(scratch.FullName).Value;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(LoopbackCertificate.Value)));
        builder.Services.AddSingleton(DefinitionSet.Load((change ?? (files => files))(DefinitionFolder.Read(Journeys.TestPlatform.Mappings).Value)).Value).AddSingleton<IStore>(opened).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ISecretStore, NoSecrets>().AddSingleton<IWorkSignal, NoWork>();
        builder.Services.AddInteropPlatform(new DeliveryOptions(), new SignInOptions { Authority = authority, ClientId = SignInService.ClientId, IsEasyAuth = isEasyAuth });
        builder.Services.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, connect => connect.BackchannelHttpHandler = LoopbackCertificate.Client());
        builder.Services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer => bearer.BackchannelHttpHandler = LoopbackCertificate.Client());
        var built = builder.Build();
        built.UseInteropPlatform();
        await built.StartAsync();
        return new HostedPlatform(built, opened, scratch);
    }

    /// <summary>The log of an organisation; of the day before too, where midnight has passed since.</summary>
    public async Task<AuditEntry[]> Logged(string organisation)
    {
        var (log, today) = (Services.GetRequiredService<AuditLog>(), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        return [.. await log.OfDay(new OrganisationId(organisation), today.AddDays(-1), 1_000, default), .. await log.OfDay(new OrganisationId(organisation), today, 1_000, default)];
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await web.DisposeAsync();
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    sealed class NoSecrets : ISecretStore
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
    }

    sealed class NoWork : IWorkSignal
    {
        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
