using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

public sealed class LifecycleTests
{
    static readonly Workflow Listening = Play.Load(Yaml.Definition("do: [ { hear: { listen: { to: { one: { with: { type: a }, correlate: { who: { from: .subject } } } } } } } ]"));

    static readonly Workflow Failing = Play.Load(Yaml.Definition("do: [ { fail: { raise: { error: { type: 'https://e.example/x', status: 400, title: X } } } } ]"));

    [Fact]
    public void A_run_tells_its_life()
    {
        var started = Machine.Start(Listening, Play.Run, JsonValue.Null, Play.Begin);
        var ended = Machine.Step(Listening, started.State, new EventArrived(Play.Begin, Yaml.Parse("{ specversion: '1.0', id: e, source: /t, type: a, subject: s, data: 5 }")));
        Assert.Equal(
            ["workflow.started", "workflow.status-changed running", "task.created", "task.started", "task.status-changed running", "workflow.correlation-started", "workflow.status-changed waiting"],
            Shown(Listening, started));
        Assert.Equal(
            ["workflow.correlation-completed", "workflow.status-changed running", "task.completed", "task.status-changed completed", "workflow.completed", "workflow.status-changed completed"],
            Shown(Listening, ended));
        var events = Lifecycle.Events(Listening, ended, withData: true);
        Assert.Equal("""{"who":"s"}""", events[0]["data"]["correlationKeys"].ToString());
        Assert.Equal("[5]", events[4]["data"]["output"].ToString());
    }

    [Fact]
    public void An_event_has_what_the_specification_says()
    {
        var first = Lifecycle.Events(Listening, Machine.Start(Listening, Play.Run, JsonValue.Null, Play.Begin), withData: false)[0];
        Assert.Equal("io.serverlessworkflow.workflow.started.v1", first["type"].AsString());
        Assert.Equal($$$"""{"name":"case-{{{Play.Run}}}.tests","startedAt":"2026-03-30T17:00:00Z","definition":{"name":"case","namespace":"tests","version":"1.0.0"}}""", first["data"].ToString());
    }

    [Fact]
    public void Ids_are_the_same_at_every_replay_and_no_two_alike()
    {
        var step = Machine.Start(Failing, Play.Run, JsonValue.Null, Play.Begin);
        var ids = Lifecycle.Events(Failing, step, withData: false).Select(told => told["id"].AsString()).ToArray();
        Assert.Equal(ids, Lifecycle.Events(Failing, Machine.Start(Failing, Play.Run, JsonValue.Null, Play.Begin), withData: false).Select(told => told["id"].AsString()));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_fault_tells_its_error_and_a_pause_its_tasks()
    {
        var failed = Lifecycle.Events(Failing, Machine.Start(Failing, Play.Run, JsonValue.Null, Play.Begin), withData: false);
        Assert.Equal(2, failed.Count(told => told["data"]["error"]["title"] == "X"));
        var waiting = Machine.Start(Listening, Play.Run, JsonValue.Null, Play.Begin).State;
        var suspended = Machine.Step(Listening, waiting, new Suspended(Play.Begin));
        Assert.Equal(["workflow.suspended", "task.suspended", "workflow.status-changed suspended"], Shown(Listening, suspended));
        Assert.Equal(["workflow.resumed", "task.resumed", "workflow.status-changed running"], Shown(Listening, Machine.Step(Listening, suspended.State, new Resumed(Play.Begin))));
        Assert.Contains("task.cancelled", Shown(Listening, Machine.Step(Listening, waiting, new Cancelled(Play.Begin))));
    }

    static string[] Shown(Workflow workflow, Transition step) =>
        [.. Lifecycle.Events(workflow, step, withData: false).Select(told => $"{told["type"].AsString().Replace("io.serverlessworkflow.", "", StringComparison.Ordinal).Replace(".v1", "", StringComparison.Ordinal)} {told["data"]["status"].StringOrNull}".TrimEnd())];
}
