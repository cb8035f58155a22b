using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Runs go over to another version where their place exists there.</summary>
public sealed class MoveTests
{
    const string Old = "do: [ { first: { set: { a: 1 } } }, { inside: { do: [ { ask: { call: lookup, with: { record: x } } } ] } } ]";

    [Theory]
    [InlineData("a task before", "do: [ { new: { set: { b: 2 } } }, { first: { set: { a: 1 } } }, { inside: { do: [ { newer: { set: { c: 3 } } }, { ask: { call: lookup, with: { record: y } } }, { say: { set: { said: '${ . }' } } } ] } } ]", null)]
    [InlineData("without the task", "do: [ { inside: { do: [ { other: { call: lookup, with: { record: x } } } ] } } ]", "no-task")]
    [InlineData("without the block", "do: [ { ask: { call: lookup, with: { record: x } } } ]", "no-task")]
    [InlineData("another kind of task", "do: [ { inside: { do: [ { ask: { wait: PT1H } } ] } } ]", "other-kind")]
    [InlineData("another function", "do: [ { inside: { do: [ { ask: { call: map, with: { mapping: x, record: y, direction: in } } } ] } } ]", "other-kind")]
    public void Move_to(string what, string definition, string? rules)
    {
        var (old, next) = (Play.Load(Yaml.Definition(Old)), Next(definition));
        var run = Machine.Start(old, Play.Run, JsonValue.Null, Play.Begin).State;

        var moved = Moves.To(old, next, run, Play.Begin);

        Assert.True(rules == (moved.Succeeded ? null : string.Join(' ', moved.Problems.Select(problem => problem.Rule))), $"{what}: {string.Join('\n', moved.Problems)}");
        if (!moved.Succeeded) return;
        Assert.Equal(JournalKind.RunMoved, moved.Value.Journal.Single().Kind);
        var kept = RunState.FromJson(JsonValue.Parse(moved.Value.State.ToJson().ToString(), JsonLimits.Stored).Value).Value;
        Assert.Equal("other-version", Machine.Step(old, kept, new EffectDone(Play.Begin, kept.Waiting[0].Effect!.Value, 5)).Refusal?.Rule);
        Assert.Equal("""{"said":5}""", Machine.Step(next, kept, new EffectDone(Play.Begin, kept.Waiting[0].Effect!.Value, 5)).State.Output.ToString());
    }

    [Fact]
    public void Move_of_a_run_that_has_ended_or_to_where_it_is_is_refused()
    {
        var (old, next) = (Play.Load(Yaml.Definition(Old)), Next(Old));
        var run = Machine.Start(old, Play.Run, JsonValue.Null, Play.Begin).State;
        Assert.Equal("same-version", Moves.To(old, old, run, Play.Begin).Problems.Single().Rule);
        Assert.Equal("not-waiting", Moves.To(old, next, Machine.Step(old, run, new Cancelled(Play.Begin)).State, Play.Begin).Problems.Single().Rule);
    }

    static Workflow Next(string definition) => Play.Load(Yaml.Definition(definition).Replace("version: '1.0.0'", "version: '2.0.0'", StringComparison.Ordinal).Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal));
}
