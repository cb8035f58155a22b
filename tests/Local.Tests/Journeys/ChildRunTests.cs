using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Local.Tests.Journeys;

/// <summary>Runs that start runs, on the real runner.</summary>
public sealed class ChildRunTests(ChildRunTests.Published published) : IClassFixture<ChildRunTests.Published>
{
    TestPlatform Platform => published.Platform!;

    [Fact]
    public async Task A_run_waits_for_the_output_of_another()
    {
        var run = await OwnRuns.Start(Platform, Definition("awaits", Run("double", "input: { n: '${ .n }' }")), JsonValue.Of(("n", 21)));
        Assert.Equal("""{"n":42}""", (await OwnRuns.End(Platform, run)).Output.ToString());
    }

    [Fact]
    public async Task A_run_goes_on_beside_another()
    {
        var run = await OwnRuns.Start(Platform, Definition("goes-on", "do: [ { one: { run: { await: false, workflow: { namespace: tests, name: double, version: '1.0.0' } } } } ]"), JsonValue.Of(("n", 1)));
        Assert.Equal("""{"n":1}""", (await OwnRuns.End(Platform, run)).Output.ToString());
        Assert.Equal("""{"n":2}""", (await OwnRuns.End(Platform, OwnRuns.ChildOf(run, "double"))).Output.ToString());
    }

    [Theory]
    [InlineData("fails", "Broken")]
    [InlineData("missing", "No such workflow")]
    [InlineData("endless", "Too many runs within each other")]
    public async Task A_run_is_told_why_another_failed(string other, string title)
    {
        var run = await OwnRuns.Start(Platform, Definition($"told-of-{other}", Run(other)), JsonValue.Null);
        Assert.Equal(title, (await OwnRuns.End(Platform, run)).Error?.Title);
    }

    [Fact]
    public async Task A_cancelled_run_cancels_the_one_it_waits_for()
    {
        var run = await OwnRuns.Start(Platform, Definition("cancelled", Run("waits")), JsonValue.Null);
        await OwnRuns.Until(Platform, OwnRuns.ChildOf(run, "waits"), state => state.Status == RunStatus.Waiting);
        await OwnRuns.Cancel(Platform, run);
        Assert.Equal(RunStatus.Cancelled, (await OwnRuns.End(Platform, OwnRuns.ChildOf(run, "waits"))).Status);
    }

    static string Run(string name, string more = "") => $"do: [ {{ one: {{ run: {{ workflow: {{ namespace: tests, name: {name}, version: '1.0.0'{(more.Length == 0 ? "" : ", " + more)} }} }} }} }} ]";

    static string Definition(string name, string rest) => $"document: {{ dsl: '1.0.3', namespace: tests, name: {name}, version: '1.0.0' }}\n{rest}";

    /// <summary>One platform for all cases, with the workflows that others start.</summary>
    public sealed class Published : IAsyncLifetime
    {
        internal TestPlatform? Platform { get; private set; }

        public async Task InitializeAsync()
        {
            Platform = await TestPlatform.Start();
            await OwnRuns.Publish(Platform, Definition("double", "do: [ { one: { set: { n: '${ .n * 2 }' } } } ]"));
            await OwnRuns.Publish(Platform, Definition("fails", "do: [ { one: { raise: { error: { type: 'https://e.example/x', status: 400, title: Broken } } } } ]"));
            await OwnRuns.Publish(Platform, Definition("waits", "do: [ { one: { wait: PT1H } } ]"));
            await OwnRuns.Publish(Platform, Definition("endless", Run("endless")));
        }

        public async Task DisposeAsync() => await Platform!.DisposeAsync();
    }
}
