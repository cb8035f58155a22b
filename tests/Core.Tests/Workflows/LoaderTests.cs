using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Broken definitions: all problems of <c>Cases/problems.yaml</c> are found, each at its place and with its remedy.</summary>
public sealed class LoaderTests
{
    // A host that offers little, so that what it refuses shows.
    static readonly WorkflowHost Sparing = WorkflowHost.Platform with { Offers = [HostFeature.Http] };

    public static TheoryData<string> Cases() => [.. Yaml.Read("problems.yaml").Items.Select(item => item["case"].AsString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_problem_is_reported_with_its_place(string name)
    {
        var one = Yaml.Read("problems.yaml").Items.First(item => item["case"].AsString() == name);
        var loaded = Workflow.Load(Yaml.Definition(one["workflow"].AsString()), "case.yaml", Sparing);
        var found = loaded.Problems.Select(problem => ($"{problem.Place?.Line}:{problem.Place?.Column} {problem.Rule}", problem.Message)).ToArray();
        Assert.Equal(one["problems"].Members.Select(member => member.Key).Order(), found.Select(problem => problem.Item1).Order());
        foreach (var (key, part) in one["problems"].Members)
            Assert.Contains(found, problem => problem.Item1 == key && problem.Message.Contains(part.AsString(), StringComparison.Ordinal));
        Assert.All(loaded.Problems, problem => Assert.Equal("case.yaml", problem.Place?.File));
    }

    [Theory]
    [InlineData("", "syntax")]
    [InlineData("a: [", "syntax")]
    [InlineData("- a", "type")]
    [InlineData("document: { dsl: '0.8', namespace: a b, name: c, version: '1' }\ndo: [ { a: { set: { a: 1 } } } ]", "format")]
    public void What_is_no_workflow_is_refused(string text, string rule) =>
        Assert.Contains(Workflow.Load(text, "case.yaml", WorkflowHost.Platform).Problems, problem => problem.Rule == rule);

    [Fact]
    public void A_workflow_has_its_name_and_text()
    {
        var text = Yaml.Definition("do: [ { one: { set: { a: 1 } } } ]");
        var workflow = Play.Load(text);
        Assert.Equal(("tests/case:1.0.0", "case", text), (workflow.Reference, workflow.Title, workflow.Text));
        Assert.Null(workflow.Start);
    }

    [Theory]
    [InlineData("{ one: { with: { type: a }, correlate: { x: { from: .subject }, b: { from: .data.b } } } }", """[2,"s"]""")]
    [InlineData("{ any: [ { with: { type: b } }, { with: { type: a } } ] }", """["/tests","e"]""")]
    [InlineData("{ one: { with: { type: a }, correlate: { x: { from: .data.missing } } } }", null)]
    [InlineData("{ one: { with: { type: b } } }", null)]
    public void A_start_rule_says_which_events_start_one_run(string on, string? key)
    {
        var start = Play.Load(Yaml.Definition($"schedule: {{ on: {on} }}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]")).Start!;
        var cloudEvent = Yaml.Parse("{ type: a, source: /tests, id: e, subject: s, data: { b: 2 } }");
        Assert.Equal(key is not null, start.Starts(cloudEvent));
        if (key is not null) Assert.Equal(key, start.CorrelationKey(cloudEvent));
    }

    [Theory]
    [MemberData(nameof(Gatherings))]
    public void Events_begin_a_run_together(string name, JsonValue gathering)
    {
        var start = Play.Load(Yaml.Definition($"schedule: {{ on: {gathering["on"]} }}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]")).Start!;
        var gathered = ImmutableArray<JsonValue>.Empty;
        foreach (var came in gathering["events"].Items)
        {
            Assert.False(start.Input(gathered) is not null, $"{name}: they begin a run before {came}");
            gathered = start.With(gathered, came);
        }

        Assert.Equal(gathering["kept"], JsonValue.Of(gathered.Select(one => one["id"])));
        Assert.Equal(gathering["input"], start.Input(gathered) is { } input ? JsonValue.Of(input.Items.Select(one => one["id"])) : JsonValue.Null);
    }

    public static TheoryData<string, JsonValue> Gatherings()
    {
        var data = new TheoryData<string, JsonValue>();
        foreach (var one in Yaml.Read("gatherings.yaml").Items) data.Add(one["case"].AsString(), one);
        return data;
    }

    [Theory]
    [InlineData("{ all: [ { with: { type: a } } ] }", """{"subject":"s"}""")]
    [InlineData("{ all: [ { with: { type: a }, correlate: { x: { from: .data.b } } } ] }", "[2]")]
    public void Events_of_one_run_have_one_key(string on, string key)
    {
        var start = Play.Load(Yaml.Definition($"schedule: {{ on: {on} }}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]")).Start!;
        Assert.True(start.Gathers);
        Assert.Equal(key, start.GatheringKey(Yaml.Parse("{ type: a, source: /tests, id: e, subject: s, data: { b: 2 } }"), "s"));
    }

    [Theory]
    [InlineData("{ any: [] }", "not-supported")]
    [InlineData("{ all: [] }", "empty")]
    [InlineData("{ all: [ { with: { type: a }, correlate: { x: { from: .data.b } } }, { with: { type: b } } ] }", "events")]
    [InlineData("{ one: { with: { type: a }, correlate: { x: { from: .data.b, expect: 1 } } } }", "events")]
    [InlineData("{ all: [ { with: { type: a }, correlate: { x: { from: $workflow.id } } } ] }", "jq-undefined")]
    public void A_start_that_cannot_be_is_refused(string on, string rule) =>
        Assert.Contains(Workflow.Load(Yaml.Definition($"schedule: {{ on: {on} }}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]"), "case.yaml", WorkflowHost.Platform).Problems, problem => problem.Rule == rule);
}
