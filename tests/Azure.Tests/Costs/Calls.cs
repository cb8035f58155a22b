using Interop.Azure.Tests.World;

namespace Interop.Azure.Tests.Costs;

/// <summary>What something costs in calls: those of the store, of the bus, and executions of functions.</summary>
/// <param name="Transactions">Table transactions, those that announce due times included.</param>
/// <param name="Reads">Reads of a row, and of a page of rows.</param>
/// <param name="Entities">The rows that both read and write.</param>
/// <param name="Bus">Operations of the bus: a send, a receive and a settlement for each message.</param>
/// <param name="Functions">Executions of functions for a request or a message of the bus.</param>
/// <param name="Activities">Executions of the activity.</param>
/// <param name="Turns">Turns of the orchestrator.</param>
sealed record Calls(decimal Transactions, decimal Reads, decimal Entities, decimal Bus, decimal Functions, decimal Activities, decimal Turns)
{
    const int ForEachMessage = 3;

    /// <summary>All that a platform has done so far.</summary>
    public static Calls Of(AzurePlatform platform) => new(
        platform.Store.Commits + platform.Store.Announcements, platform.Store.Reads, platform.Store.Entities, platform.Bus.Sent.Count * ForEachMessage,
        platform.Executed.Requests + platform.Executed.Signals, platform.Executed.Activities, platform.Executed.Turns);

    /// <summary>What docs/scale.md says.</summary>
    public static Calls Said(string row)
    {
        decimal Cell(string column) => ScaleDoc.Number("Calls", row, column);
        return new(Cell("table transactions"), Cell("table reads"), Cell("rows"), Cell("bus operations"), Cell("functions"), Cell("activities"), Cell("turns"));
    }

    public static Calls operator +(Calls left, Calls right) => new(
        left.Transactions + right.Transactions, left.Reads + right.Reads, left.Entities + right.Entities, left.Bus + right.Bus, left.Functions + right.Functions, left.Activities + right.Activities, left.Turns + right.Turns);

    public static Calls operator -(Calls left, Calls right) => left + (-1 * right);

    public static Calls operator *(decimal times, Calls calls) => new(
        times * calls.Transactions, times * calls.Reads, times * calls.Entities, times * calls.Bus, times * calls.Functions, times * calls.Activities, times * calls.Turns);
}
