using CsCheck;
using Interop.Core.Json;
using Interop.Core.Tests.Workflows.Conformance;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Whatever text is given, the loader says what is wrong with it, and the machine what does not fit: neither throws.</summary>
public sealed class LoaderLaws
{
    static readonly string[] Texts =
    [
        File.ReadAllText(Path.Combine(Mapping.Repository.Mappings, "workflows", "victim-journey.yaml")),
        .. new[] { "calls.yaml", "events.yaml", "errors.yaml", "time-and-forks.yaml", "whole-language.yaml" }.SelectMany(file => Yaml.Read(file).Items).Select(one => Yaml.Definition(one["workflow"].AsString())),
        .. ConformanceData.Folder("examples") is { } folder ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText) : [],
    ];

    static readonly string[] Bits = ["", " ", "\n", ":", "-", "{", "}", "[", "]", "'", "\"", "${", "}", "null", "1", "do", "then", "end", "PT1S", "~", "$secrets.a", "%", "\u0000", "😀", "  x: 1\n"];

    // A part of a definition is cut out, and something stands in its place.
    static readonly Gen<(int Text, int At, int Length, int Bit)[]> Damages = Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 100_000], Gen.Int[0, 12], Gen.Int[0, Bits.Length - 1]).Array[1, 4];

    [Fact]
    public void Damaged_definitions_are_read_or_refused_with_places() => Damages.Hold(
        damages =>
        {
            var text = Texts[damages[0].Text % Texts.Length];
            foreach (var (_, at, length, bit) in damages)
            {
                var from = at % (text.Length + 1);
                text = text[..from] + Bits[bit] + text[Math.Min(from + length, text.Length)..];
            }

            var read = Workflow.Read(text, "damaged.yaml", Play.Everything);
            if (!read.Succeeded) Assert.All(read.Problems, problem => Assert.NotNull(problem.Place));
            else Machine.Start(read.Value, Play.Run, JsonValue.Of(("a", 1)), Play.Begin);
        },
        everyTime: 3_000);

    [Fact]
    public void Damaged_states_are_refused_or_stepped() => Gen.Select(RandomDefinition.Workflows, Gen.Int[0, 100_000], Gen.Int[0, 5], Gen.Int[0, Bits.Length - 1]).Hold(
        (workflow, at, length, bit) =>
        {
            var text = Machine.Start(workflow, Play.Run, JsonValue.EmptyObject, Play.Begin).State.ToJson().ToString();
            var from = at % (text.Length + 1);
            var damaged = JsonValue.Parse(text[..from] + Bits[bit] + text[Math.Min(from + length, text.Length)..], JsonLimits.Stored);
            if (!damaged.Succeeded || RunState.FromJson(damaged.Value) is not { Succeeded: true } read) return;
            var state = read.Value;
            foreach (var waiting in state.Waiting.Where(waiting => waiting.Effect is not null)) state = Machine.Step(workflow, state, new EffectDone(Play.Begin, waiting.Effect!.Value, JsonValue.Null)).State;
            Machine.Step(workflow, state, new EventArrived(Play.Begin, JsonValue.Of(("id", "e"), ("source", "/t"), ("type", "a"))));
            Machine.Step(workflow, state, new Cancelled(Play.Begin));
        },
        everyTime: 3_000);
}
