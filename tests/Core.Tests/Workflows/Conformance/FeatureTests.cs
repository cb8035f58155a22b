using System.Text;
using Interop.Core.Json;
using Interop.Core.Workflows;
using Interop.Core.Workflows.OpenApi;
using Xunit.Abstractions;

namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>All scenarios of the specification's conformance features, by the machine alone: the calls it asks for are answered here, without a network.</summary>
public sealed class FeatureTests(ITestOutputHelper output)
{
    const int MostSteps = 100;

    [SkippableFact]
    public async Task Every_scenario_passes()
    {
        var folder = ConformanceData.Folder("features");
        Skip.If(folder is null, "features: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        var scenarios = Directory.GetFiles(folder, "*.feature").Order(StringComparer.Ordinal).SelectMany(Gherkin.Read).ToArray();
        var wrong = new List<string>();
        foreach (var scenario in scenarios) wrong.AddRange((await ScenarioCheck.Play(scenario, (definition, input) => Task.FromResult(Run(definition, input)))).Take(1));
        output.WriteLine($"{scenarios.Length - wrong.Count} of {scenarios.Length} scenarios pass");
        Assert.Empty(wrong);
        Assert.NotEmpty(scenarios);
    }

    static Ended Run(string definition, JsonValue input)
    {
        var workflow = Play.Load(definition);
        var step = Machine.Start(workflow, Play.Run, input, Play.Begin);
        var (calls, journal) = (new Queue<Effect>(step.Effects.Where(effect => effect.IsAnswered)), step.Journal);
        for (var steps = 0; calls.TryDequeue(out var call) && steps < MostSteps; steps++)
        {
            step = Machine.Step(workflow, step.State, Answer(call));
            journal = journal.AddRange(step.Journal);
            foreach (var effect in step.Effects.Where(effect => effect.IsAnswered)) calls.Enqueue(effect);
        }

        return new Ended(step.State.Status.ToString().ToLowerInvariant(), step.State.Output, step.State.Error?.ToJson() ?? JsonValue.Null, [.. journal.Where(entry => entry.Kind == JournalKind.TaskStarted).Select(entry => entry.Task.Split('/')[^1])]);
    }

    static RunEvent Answer(Effect effect)
    {
        if (effect is Effect.CallHttp http) return Send(http.Id, http.Arguments, http.Arguments);
        var openApi = (Effect.CallOpenApi)effect;
        var description = new Uri(openApi.Arguments["document"]["endpoint"].AsString());
        var document = OpenApiDocument.Read(PublicHosts.Answer(description, description.PathAndQuery, null).Body.ToString(), description).Value;
        return Send(openApi.Id, document.Request(openApi.Arguments["operationId"].AsString(), openApi.Arguments["parameters"]).Value, openApi.Arguments);
    }

    static RunEvent Send(EffectId id, JsonValue request, JsonValue wanted)
    {
        var endpoint = new Uri(request["endpoint"].AsString());
        var basic = wanted["authentication"]["basic"];
        var authorization = basic.IsNull ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic["username"].AsString()}:{basic["password"].AsString()}"))}";
        var (status, body) = PublicHosts.Answer(endpoint, endpoint.PathAndQuery, authorization);
        if (status != 200) return new EffectFailed(Play.Begin, id, new WorkflowError(WorkflowError.Communication, status, $"{endpoint.Host} answered {status}"));
        var response = JsonValue.Of(
            ("request", JsonValue.Of(("method", request["method"]), ("uri", endpoint.AbsoluteUri), ("headers", JsonValue.EmptyObject))), ("headers", JsonValue.EmptyObject), ("statusCode", status), ("content", body));
        return new EffectDone(Play.Begin, id, wanted["output"] == "response" ? response : body);
    }
}
