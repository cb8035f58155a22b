using Interop.Core.Json;
using Interop.Core.Tests.Workflows;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Shells;

/// <summary>Every definition and event script of the workflow tests, by the Durable orchestrator and by the worker of one machine: the same journal, refusals, effects and state.</summary>
public sealed class EquivalenceTests(ITestOutputHelper output)
{
    static readonly string[] Files = ["data-and-flow.yaml", "calls.yaml", "events.yaml", "errors.yaml", "time-and-forks.yaml", "life.yaml", "whole-language.yaml"];

    public static TheoryData<string> CaseFiles => [.. Files];

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public async Task Cases_OnBothShells_GiveTheSameJournal(string file)
    {
        var cases = Yaml.Read(file).Items;
        var local = await All(LocalShell.Start, cases);
        var durable = await All(DurableShell.Start, cases);
        var different = cases.Select((one, number) => (Case: one["case"].AsString(), Local: local[number], Durable: durable[number])).Where(pair => pair.Local != pair.Durable).ToList();
        output.WriteLine($"{file}: {cases.Count - different.Count} of {cases.Count} cases are the same");
        Assert.All(different, pair => Assert.Equal($"{pair.Case}\n{pair.Local}", $"{pair.Case}\n{pair.Durable}"));
        Assert.All(local, Assert.NotEmpty);
    }

    static async Task<List<string>> All(Func<TimeProvider, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>, Task<IShell>> start, IReadOnlyList<JsonValue> cases)
    {
        var (clock, functions, outcomes) = (new ScriptClock(Play.Begin), new ScriptedFunctions(), new List<string>());
        await using var shell = await start(clock, functions.Register);
        var player = new ScriptPlayer(shell, clock, functions);
        for (var number = 0; number < cases.Count; number++) outcomes.Add(await player.Outcome(cases[number], number));
        return outcomes;
    }
}
