using System.Globalization;

namespace Interop.Azure.Tests.Costs;

/// <summary>What docs/scale.md reckons from the calls that <see cref="CallsTests"/> counts: pounds, limits, and what sweeps read in a month.</summary>
public sealed class MoneyTests
{
    const decimal Million = 1_000_000;
    const decimal MinutesOfMonth = 30 * 24 * 60;
    const int StepsInLimits = 10;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    public void Messages_with_steps_cost_what_is_said(int steps)
    {
        var row = ScaleDoc.Row("Money", $"{steps}");
        var calls = Message(steps);
        Assert.Equal(
            [calls.Transactions, calls.Reads, calls.Entities, calls.Bus, calls.Functions, calls.Activities, calls.Turns],
            new[] { "table transactions", "table reads", "rows", "bus operations", "functions", "activities", "turns" }.Select(column => decimal.Parse(row[column], CultureInfo.InvariantCulture)));
        Assert.Equal($"£{Million * Pounds(calls):0}", row["pounds a million messages"]);
    }

    [Fact]
    public void A_run_costs_what_is_said() => Assert.Contains($"A million runs begin and end for £{Million * Pounds(Calls.Said("the beginning and the end of a run")):0} beside their steps.", ScaleDoc.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("actions of the scheduler, Consumption", "**The scheduler on Consumption** at about {0} messages a second in all")]
    [InlineData("actions of the scheduler, a unit of Dedicated", null)]
    [InlineData("rows of a storage account", "**The storage account** at about {0} messages a second")]
    [InlineData("operations of the bus, Standard", "**The bus on Standard** at about {0} messages a second in all")]
    [InlineData("operations of the bus, a unit of Premium", null)]
    public void Limits_are_reached_where_it_is_said(string limit, string? also)
    {
        var calls = Message(StepsInLimits);
        var takes = limit.Split(' ')[0] switch { "actions" => calls.Activities + calls.Turns, "rows" => calls.Entities, _ => calls.Bus };
        var messages = Math.Floor(ScaleDoc.Number("Limits", limit, "a second") / takes);
        Assert.Equal((takes, messages), (ScaleDoc.Number("Limits", limit, "a message takes"), ScaleDoc.Number("Limits", limit, "messages a second")));
        if (also is not null) Assert.Contains(string.Format(CultureInfo.InvariantCulture, also, messages), ScaleDoc.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unfinished messages, each minute", 1)]
    [InlineData("time limits, each quarter of an hour", 15)]
    public void Sweeps_read_in_a_month_what_is_said(string sweep, int everyMinutes)
    {
        var month = ScaleDoc.Number("Sweeps", sweep, "reads for each organisation") * MinutesOfMonth / everyMinutes;
        foreach (var (organisations, column) in new[] { (1, "reads a month at 1 organisation"), (43, "at 43"), (1_000, "at 1,000") })
            Assert.Equal(Told(organisations * month), ScaleDoc.Row("Sweeps", sweep)[column]);
    }

    static Calls Message(int steps) => Calls.Said("a message of a known incident") + Calls.Said("a run that hears it, and its step") + (steps * Calls.Said("a step that calls a system"));

    static decimal Pounds(Calls calls) =>
        ((calls.Transactions + calls.Reads) * Price("a transaction or read of table storage, read-access geo-zone-redundant"))
        + (calls.Bus * Price("an operation of Service Bus Standard"))
        + ((calls.Functions + calls.Activities) * Price("an execution of a function or activity: 200 ms at 2 GB, on demand"))
        + (calls.Turns * Price("a turn of the orchestrator: 20 ms"))
        + ((calls.Activities + calls.Turns) * Price("an action of the Durable Task Scheduler, Consumption"));

    static decimal Price(string row) => ScaleDoc.Number("Money", row, "price used (unverified)");

    static string Told(decimal reads)
    {
        var pounds = reads * Price("a transaction or read of table storage, read-access geo-zone-redundant");
        var millions = (reads / Million).ToString(reads < 10 * Million ? "0.## 'million'" : "0 'million'", CultureInfo.InvariantCulture);
        return pounds < 1.5m ? millions : string.Create(CultureInfo.InvariantCulture, $"{millions}, £{pounds:0}");
    }
}
