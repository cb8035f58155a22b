using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Interop.Benchmarks.Mapping.Hand;
using Interop.Benchmarks.Mapping.Objects;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Jint;
using Jint.Native;

namespace Interop.Benchmarks.Mapping;

/// <summary>From the system's JSON to the canonical record: the compiled definition against the floor, against hand-written code, against objects, and against itself interpreted.</summary>
public class FromJson
{
    readonly ArrayBufferWriter<byte> output = new(1 << 14);
    readonly HandRecord hand = new();
    readonly Engine engine = new();
    JsValue script = null!;
    MappingDefinition definition = null!;
    Utf8JsonWriter writer = null!;

    [GlobalSetup]
    public void Setup()
    {
        definition = OccurrenceTask.Definition("json");
        writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        engine.Execute(OccurrenceTask.Text("occurrence.js"));
        script = engine.GetValue("translate");
        var wanted = OccurrenceTask.Canonical(definition);
        Console.WriteLine($"// {OccurrenceTask.Json.Length} bytes become {wanted.Length}");
        Made("copy", Copy, OccurrenceTask.Json);
        Made("compiled", Compiled, wanted);
        Made("hand-written", HandWritten, wanted);
        Made("objects", ByObjects, wanted);
        OccurrenceTask.Check("Jint", Script(), wanted);
    }

    [Benchmark(Baseline = true, Description = "compiled definition")]
    public int Compiled()
    {
        output.ResetWrittenCount();
        return definition.TryTranslate(OccurrenceTask.Json, MappingDirection.In, output) ? output.WrittenCount : throw new InvalidOperationException("Not compiled.");
    }

    [Benchmark(Description = "reader to writer, copied")]
    public int Copy()
    {
        Reset();
        Floor.Copy(OccurrenceTask.Json, writer);
        return output.WrittenCount;
    }

    [Benchmark(Description = "written by hand")]
    public int HandWritten()
    {
        Reset();
        return new HandReader(OccurrenceTask.Json, hand).Document() && new HandWriter(OccurrenceTask.Json, hand, writer).Record() ? output.WrittenCount : throw new InvalidOperationException("Refused.");
    }

    [Benchmark(Description = "source-generated objects")]
    public int ByObjects()
    {
        Reset();
        ObjectMapper.ToCanonical(OccurrenceTask.Json, writer);
        return output.WrittenCount;
    }

    [Benchmark(Description = "Jint")]
    public byte[] Script() => Encoding.UTF8.GetBytes(engine.Invoke(script, Encoding.UTF8.GetString(OccurrenceTask.Json)).AsString());

    [Benchmark(Description = "the interpreter")]
    public MappingResult Interpreter() => definition.Interpret(JsonValue.Parse(OccurrenceTask.Json).Value, MappingDirection.In);

    void Reset()
    {
        output.ResetWrittenCount();
        writer.Reset(output);
    }

    void Made(string peer, Func<int> run, byte[] wanted)
    {
        run();
        OccurrenceTask.Check(peer, output.WrittenSpan, wanted);
    }
}
