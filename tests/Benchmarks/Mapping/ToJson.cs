using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Benchmarks.Mapping;

/// <summary>And back: from the canonical record to the system's JSON.</summary>
public class ToJson
{
    readonly ArrayBufferWriter<byte> output = new(1 << 14);
    MappingDefinition definition = null!;
    byte[] record = null!;
    Utf8JsonWriter writer = null!;

    [GlobalSetup]
    public void Setup()
    {
        definition = OccurrenceTask.Definition("json");
        record = OccurrenceTask.Canonical(definition);
        writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        Console.WriteLine($"// {record.Length} bytes become {OccurrenceTask.Json.Length}");
        Compiled();
        OccurrenceTask.Check("compiled", output.WrittenSpan, OccurrenceTask.Json);
        Copy();
        OccurrenceTask.Check("copy", output.WrittenSpan, record);
    }

    [Benchmark(Baseline = true, Description = "compiled definition")]
    public int Compiled()
    {
        output.ResetWrittenCount();
        return definition.TryTranslate(record, MappingDirection.Out, output) ? output.WrittenCount : throw new InvalidOperationException("Not compiled.");
    }

    [Benchmark(Description = "reader to writer, copied")]
    public int Copy()
    {
        output.ResetWrittenCount();
        writer.Reset(output);
        Floor.Copy(record, writer);
        return output.WrittenCount;
    }

    [Benchmark(Description = "the interpreter")]
    public MappingResult Interpreter() => definition.Interpret(JsonValue.Parse(record).Value, MappingDirection.Out);
}
