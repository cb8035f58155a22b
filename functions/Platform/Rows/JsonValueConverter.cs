using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Core.Json;

namespace Interop.Platform.Rows;

/// <summary>Lets records hold <see cref="JsonValue"/>s.</summary>
sealed class JsonValueConverter : JsonConverter<JsonValue>
{
    public override bool HandleNull => true;

    public override JsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonValue.From(document.RootElement.Clone());
    }

    public override void Write(Utf8JsonWriter writer, JsonValue value, JsonSerializerOptions options) => value.WriteTo(writer);
}
