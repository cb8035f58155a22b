namespace Interop.Local.Tests.Commands;

/// <summary>check --from --to and diff, as a user starts them.</summary>
public sealed class MappingCommandTests
{
    /// <summary>A system's messages are known by their names in no order, and in another in each process.</summary>
    [Fact]
    public async Task Pairs_are_told_in_the_order_of_their_names()
    {
        var (code, output, _) = await ChildProcess.Run("check", "--from", "court-listing", "--to", "notify", "--mappings", Journeys.TestPlatform.Mappings);
        Assert.Equal(0, code);
        Assert.Equal(
            ["court-listing-hearing to notify-email", "court-listing-hearing to notify-sms", "court-listing-result to notify-email", "court-listing-result to notify-sms"],
            output.Split('\n').Where(line => line.Contains(", through the canonical ", StringComparison.Ordinal)).Select(line => string.Join(" to ", line.Split(',')[0].Split(" to ").Select(named => named.Split('@')[0]))));
    }

    [Fact]
    public async Task Two_records_are_no_versions_of_one()
    {
        var (code, _, errors) = await ChildProcess.Run("diff", "incident@1.0.0", "update@1.0.0", "--mappings", Journeys.TestPlatform.Mappings);
        Assert.Equal(1, code);
        Assert.StartsWith("\"incident\" and \"update\" are two records, not versions of one. Name two of: incident@1.0.0", errors[0], StringComparison.Ordinal);
    }
}
