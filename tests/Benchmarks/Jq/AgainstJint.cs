using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Interop.Core;
using Interop.Core.Jq;
using Interop.Core.Json;
using Jint;
using Jint.Native;

namespace Interop.Benchmarks.Jq;

/// <summary>A jq program against the same work in JavaScript on Jint, each on its own parsed document, compiled beforehand.</summary>
public class AgainstJint
{
    readonly Engine engine = new();
    JqProgram program = null!;
    JsValue function = null!;
    JsValue scriptDocument = null!;
    JsonValue value;
    JsonValue element;

    [ParamsSource(nameof(Works))]
    public Work Work { get; set; } = null!;

    public static IEnumerable<Work> Works => Work.All;

    [GlobalSetup]
    public void Setup()
    {
        program = Work.Compile();
        value = JsonValue.Parse(Work.Document).Value;
        element = JsonValue.From(JsonDocument.Parse(Work.Document).RootElement);
        engine.Execute(Work.Script);
        function = engine.GetValue(Work.Function);
        scriptDocument = engine.SetValue("text", Work.Document).Evaluate("JSON.parse(text)");
        var (ours, theirs) = (program.First(value).Value, JsonValue.Parse(engine.SetValue("result", Script()).Evaluate("JSON.stringify(result)").AsString()).Value);
        if (ours != theirs || program.First(element).Value != theirs) throw new InvalidOperationException($"The two do not agree: {ours} and {theirs}.");
    }

    [Benchmark(Baseline = true, Description = "Jint")]
    public JsValue Script() => engine.Invoke(function, scriptDocument);

    [Benchmark(Description = "jq, JsonValue")]
    public Outcome<JsonValue> Program() => program.First(value);

    [Benchmark(Description = "jq, JsonElement")]
    public Outcome<JsonValue> ProgramOverElement() => program.First(element);
}
