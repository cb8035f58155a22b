using System.Globalization;
using Interop.Core.Messages;
using Interop.Local.Hosting;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Local.Commands;

/// <summary>What can be done with the runs of a store: find those that are stuck, move those that wait to another version.</summary>
static class RunsCommand
{
    /// <summary>Moves runs while no platform runs on the store. Exit code 1 when some cannot be moved.</summary>
    public static Task<int> Move(LocalOptions options, RunsToMove wanted, CancellationToken cancellation) => LocalHost.Beside(
        options,
        async services =>
        {
            var moves = services.GetRequiredService<RunMoves>();
            var to = await moves.Find(wanted.Workflow, wanted.Version, cancellation);
            if (!to.Succeeded) return Failures.Show(to.Problems);
            var (moved, left) = (0, 0);
            await foreach (var move in moves.Do(to.Value, $"{Environment.UserName} at the command line", wanted.Reason, wanted.IsTrial, cancellation))
            {
                var isMoved = move.Reasons.IsEmpty;
                (moved, left) = (moved + (isMoved ? 1 : 0), left + (isMoved ? 0 : 1));
                var said = isMoved ? wanted.IsTrial ? "can be moved" : "moved" : $"cannot be moved: {string.Join(" ", move.Reasons.Select(reason => reason.Message))}";
                Console.WriteLine($"{move.Organisation} {move.Run} from {move.From}: {said}");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moved} {(wanted.IsTrial ? "can be moved" : "moved")} to {wanted.Version}, {left} cannot."));
            return left == 0 ? 0 : 1;
        },
        Failures.Show,
        cancellation);

    /// <summary>Only reads, so that it works beside a running platform.</summary>
    public static async Task<int> Stuck(string folder, string mappings, CancellationToken cancellation)
    {
        var definitions = DefinitionFolder.Read(mappings).Then(DefinitionSet.Load);
        if (!definitions.Succeeded) return Failures.Show(definitions.Problems);
        var opened = SqliteStore.OpenToRead(folder);
        if (!opened.Succeeded) return Failures.Show(opened.Problems);
        await using var store = opened.Value;
        var finder = new StuckRuns(store, new DefinitionRegistry(definitions.Value, store));
        var (found, looked) = (0, 0);
        foreach (var organisation in definitions.Value.Organisations.Keys.OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            StuckPage? page = null;
            do
            {
                page = await finder.Find(organisation, page?.Next is { } next ? new RunId(next) : null, cancellation);
                foreach (var run in page.Runs) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{organisation} {run.Run} {run.Workflow} since {run.Since:u}: {string.Join(" ", run.Reasons)}"));
                (found, looked) = (found + page.Runs.Length, looked + page.Checked);
            }
            while (page.Next is not null);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{looked} open {(looked == 1 ? "run" : "runs")} looked at, {found} stuck."));
        return found == 0 ? 0 : 1;
    }
}

/// <summary>Which runs are moved where.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Version">The version they go to.</param>
/// <param name="Reason">Kept with each run.</param>
/// <param name="IsTrial">Only says what would be done.</param>
sealed record RunsToMove(string Workflow, string Version, string Reason, bool IsTrial);
