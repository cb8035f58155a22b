using System.Collections.Frozen;
using System.Text;
using Interop.Platform.Intake;
using Interop.Platform.Tests.Definitions;
using Interop.Platform.Work;

namespace Interop.Platform.Tests.Intake;

/// <summary>Messages as a queue brings them, and the work that follows from them, without a host.</summary>
static class Carried
{
    const int MostSweeps = 20;

    /// <summary>An example of a shipped mapping.</summary>
    internal static string Example(string map, string file) => File.ReadAllText(Path.Combine(CatalogTests.Mappings(), "maps", map, "examples", file));

    /// <summary>Takes a message.</summary>
    internal static async Task Take(this IdlePlatform platform, string system, string type, string id, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = body.StartsWith('<') ? "application/xml" : "application/json", ["ce-specversion"] = "1.0", ["ce-id"] = id, ["ce-source"] = "/tests", ["ce-type"] = type,
        };
        var incoming = new IncomingMessage(IdlePlatform.Force.Value, system, type, Encoding.UTF8.GetBytes(body), headers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
        Assert.IsType<IntakeResult.Stored>(await platform.Get<MessageIntake>().ReceiveCarried(incoming, id, CancellationToken.None));
    }

    /// <summary>Does what a host without signals finds, as often as something is left.</summary>
    internal static async Task Sweep(this IdlePlatform platform, Func<Func<Task>, Task>? trying = null)
    {
        for (var sweeps = 0; sweeps < MostSweeps; sweeps++)
        {
            var items = await platform.Get<DueWork>().Messages(platform.Get<TimeProvider>().GetUtcNow().AddTicks(1), CancellationToken.None).ToListAsync();
            if (items.Count == 0) return;
            foreach (var (item, _) in items) await (trying ?? (act => act()))(() => platform.Get<WorkPerformer>().Perform(item, CancellationToken.None));
        }

        Assert.Fail($"Something is still to be done after {MostSweeps} sweeps.");
    }
}
