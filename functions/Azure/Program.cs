using Azure.Identity;
using Interop.Core;
using Interop.Functions;
using Interop.Functions.Hosting;
using Interop.Functions.Triggers;
using Interop.Platform;
using Interop.Platform.Definitions;
using Interop.Platform.Storage.Tables;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseMiddleware<FaultWatch>();
builder.ConfigureFunctionsWebApplication();
using var starting = LoggerFactory.Create(logging => logging.AddConsole());
var log = starting.CreateLogger("Interop.Functions");

var options = AzureOptions.Read(builder.Configuration);
var definitions = DefinitionFolder.Read(Path.Combine(AppContext.BaseDirectory, "mappings")).Then(DefinitionSet.Load);
Problem[] problems = [.. options.Succeeded ? [] : options.Problems, .. definitions.Succeeded ? [] : definitions.Problems];
if (problems.Length > 0) return Refuse(problems);
if (options.Value.LacksEasyAuth) log.EasyAuthIsOff();

// A managed identity on Azure; whoever is signed in with the command line on a developer's machine.
var credential = new DefaultAzureCredential();
var account = TablesAccount.Of(options.Value.Tables, options.Value.Blobs, credential);
builder.Services.AddInteropAzure(options.Value, definitions.Value, await TablesStore.Open(account, TimeProvider.System, CancellationToken.None), credential);
using var app = builder.Build();
problems = [.. await app.Services.OpenInteropPlatform(CancellationToken.None)];
if (problems.Length > 0) return Refuse(problems);
await app.RunAsync();
return 0;

int Refuse(Problem[] reasons)
{
    foreach (var reason in reasons) log.CannotStart(reason.ToString());
    return 1;
}
