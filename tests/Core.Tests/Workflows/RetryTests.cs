using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>A run that failed is taken up again at the task that failed.</summary>
public sealed class RetryTests
{
    const string Check = "check: { if: '${ .bad }', raise: { error: { type: 'https://e.example/x', status: 400, title: X } } }";

    [Theory]
    [InlineData("a list", "do: [ { one: { set: { bad: true, seen: 1 } } }, { CHECK }, { after: { set: '${ { seen, ended: true } }' } } ]", "/do/1/check", "{\"seen\":1,\"ended\":true}")]
    [InlineData("a try", "do: [ { one: { set: { bad: true, seen: 1 } } }, { try: { try: [ { CHECK } ], catch: { errors: { with: { status: 500 } } } } } ]", "/do/1/try/try/0/check", "{\"bad\":false,\"seen\":1}")]
    [InlineData("a handler", "do: [ { try: { try: [ { fail: { raise: { error: { type: 'https://e.example/y', status: 500, title: Y } } } } ], catch: { do: [ { one: { set: { bad: true, seen: 1 } } }, { CHECK } ] } } } ]", "/do/0/try/catch/do/1/check", "{\"bad\":false,\"seen\":1}")]
    [InlineData("a loop", "do: [ { all: { for: { each: item, in: '${ [1, 2, 3] }' }, do: [ { one: { set: '${ { bad: ($item == 2 and .seen == 1), seen: $item } }' } }, { CHECK } ] } } ]", "/do/0/all/do/1/check", "{\"bad\":false,\"seen\":3}")]
    [InlineData("a fork", "do: [ { both: { fork: { branches: [ { left: { set: { seen: 0 } } }, { right: { do: [ { one: { set: { bad: true, seen: 1 } } }, { CHECK } ] } }, { last: { set: { seen: 2 } } } ] } } } ]", "/do/0/both/fork/branches/1/right/do/1/check", "[{\"seen\":0},{\"bad\":false,\"seen\":1},{\"seen\":2}]")]
    public void Retry_within(string what, string definition, string place, string output)
    {
        Assert.NotEmpty(what);
        var workflow = Play.Load(Yaml.Definition(definition.Replace("CHECK", Check, StringComparison.Ordinal)));
        var failed = Machine.Start(workflow, Play.Run, JsonValue.Null, Play.Begin);
        Assert.Equal((RunStatus.Faulted, place), (failed.State.Status, failed.State.Error?.Instance));

        var again = Machine.Step(workflow, Reread(failed.State), new Retried(Play.Begin.AddHours(1)));
        var mended = Machine.Step(workflow, Reread(failed.State), new Retried(Play.Begin.AddHours(1), Yaml.Parse(Corrected(what))));

        // "a loop" fails of its own data, so that the loop's place is what is kept; as it was, each fails again at the same place.
        Assert.Equal((RunStatus.Faulted, place), (again.State.Status, again.State.Error?.Instance));
        Assert.Equal((RunStatus.Completed, output), (mended.State.Status, mended.State.Output.ToString()));
        Assert.Null(mended.State.Error);
        Assert.Equal((JournalKind.RunRetried, place), (mended.Journal[0].Kind, mended.Journal[0].Task));
        Assert.True(mended.Journal[0].Sequence > failed.Journal[^1].Sequence);
    }

    [Fact]
    public void What_a_failed_branch_stopped_goes_on_where_it_was()
    {
        var workflow = Play.Load(Yaml.Definition(
            """
            do:
              - both:
                  fork:
                    branches:
                      - left: { do: [ { first: { call: lookup, with: { record: a } } }, { second: { call: lookup, with: { record: b } } } ] }
                      - right: { call: lookup, with: { record: c } }
            """));
        var run = Machine.Start(workflow, Play.Run, JsonValue.Null, Play.Begin);
        var (first, right) = (run.Effects[0].Id, run.Effects[1].Id);
        run = Machine.Step(workflow, run.State, new EffectDone(Play.Begin, first, "a"));
        run = Machine.Step(workflow, run.State, new EffectFailed(Play.Begin, right, new WorkflowError(WorkflowError.Communication, 500, "down")));
        Assert.Equal(RunStatus.Faulted, run.State.Status);

        run = Machine.Step(workflow, Reread(run.State), new Retried(Play.Begin));

        Assert.Equal(["/do/0/both/fork/branches/0/left/do/1/second", "/do/0/both/fork/branches/1/right"], run.Effects.Select(effect => effect.Task));
        Assert.DoesNotContain(run.Effects, effect => effect.Id == first || effect.Id == right);
        var left = Machine.Step(workflow, run.State, new EffectDone(Play.Begin, run.Effects[0].Id, "b"));
        Assert.Equal("""["b","c"]""", Machine.Step(workflow, left.State, new EffectDone(Play.Begin, run.Effects[1].Id, "c")).State.Output.ToString());
    }

    [Fact]
    public void A_time_limit_begins_anew()
    {
        var workflow = Play.Load(Yaml.Definition("do: [ { slow: { timeout: { after: PT1M }, do: [ { ask: { call: lookup, with: { record: a } } } ] } } ]"));
        var run = Machine.Start(workflow, Play.Run, JsonValue.Null, Play.Begin);
        run = Machine.Step(workflow, run.State, new EffectFailed(Play.Begin, run.Effects.Single(effect => effect is Effect.CallFunction).Id, new WorkflowError(WorkflowError.Communication, 500, "down")));
        run = Machine.Step(workflow, Reread(run.State), new Retried(Play.Begin.AddHours(1)));
        Assert.Equal(Play.Begin.AddHours(1).AddMinutes(1), run.Effects.OfType<Effect.Timer>().Single().Due);
    }

    [Theory]
    [InlineData("do: [ { rest: { wait: PT1H } } ]", "not-faulted")]
    [InlineData("do: [ { one: { set: { a: 1 } } } ]", "not-faulted")]
    public void A_run_that_did_not_fail_is_refused(string definition, string rule)
    {
        var workflow = Play.Load(Yaml.Definition(definition));
        var run = Machine.Start(workflow, Play.Run, JsonValue.Null, Play.Begin);
        Assert.Equal(rule, Machine.Step(workflow, run.State, new Retried(Play.Begin)).Refusal?.Rule);
    }

    [Fact]
    public void A_run_without_its_data_is_refused()
    {
        var workflow = Play.Load(Yaml.Definition("do: [ { fail: { raise: { error: { type: 'https://e.example/y', status: 500, title: Y } } } } ]"));
        var run = Machine.Start(workflow, Play.Run, JsonValue.Null, Play.Begin);
        Assert.Equal("no-place", Machine.Step(workflow, run.State.Erased(), new Retried(Play.Begin)).Refusal?.Rule);
    }

    static string Corrected(string what) => what == "a loop" ? "{ bad: false, seen: 2 }" : "{ bad: false, seen: 1 }";

    static RunState Reread(RunState state) => RunState.FromJson(JsonValue.Parse(state.ToJson().ToString(), JsonLimits.Stored).Value).Value;
}
