using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Benchmarks.Mapping.Hand;

namespace Interop.Benchmarks.Mapping.Objects;

/// <summary>A code to its meaning, from the bytes: no text is made for it.</summary>
abstract class CodeConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Meaning(reader.ValueSpan) ?? throw new JsonException("Unknown code.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();

    protected abstract string? Meaning(ReadOnlySpan<byte> code);
}

sealed class StatusCode : CodeConverter
{
    protected override string? Meaning(ReadOnlySpan<byte> code) =>
        code.SequenceEqual("REC"u8) ? "recorded" : code.SequenceEqual("UIN"u8) ? "under-investigation" : code.SequenceEqual("CHG"u8) ? "charged" : code.SequenceEqual("CLO"u8) ? "closed" : null;
}

sealed class OffenceCode : CodeConverter
{
    protected override string? Meaning(ReadOnlySpan<byte> code) =>
        code.SequenceEqual("028/01"u8) ? "burglary-dwelling" : code.SequenceEqual("030/02"u8) ? "burglary-other" : code.SequenceEqual("034/01"u8) ? "robbery" : code.SequenceEqual("058/01"u8) ? "criminal-damage" : null;
}

sealed class EventCode : CodeConverter
{
    protected override string? Meaning(ReadOnlySpan<byte> code) =>
        code.SequenceEqual("OIC"u8) ? "officer-assigned" : code.SequenceEqual("ARR"u8) ? "suspect-arrested" : code.SequenceEqual("BAI"u8) ? "released-on-bail" : code.SequenceEqual("FIL"u8) ? "file-sent" : null;
}

sealed class LondonTime : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HandTimes.TryInstant(reader.ValueSpan, out var utc) ? utc : throw new JsonException("No time, or none that is exactly one instant.");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => throw new NotSupportedException();
}

sealed class DayFirst : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => HandTimes.TryDate(reader.ValueSpan, out var date) ? date : throw new JsonException("No date.");

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) => throw new NotSupportedException();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Document))]
sealed partial class SourceContext : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(CanonicalRecord))]
sealed partial class CanonicalContext : JsonSerializerContext;
