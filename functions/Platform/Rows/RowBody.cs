using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Platform.Storage;

namespace Interop.Platform.Rows;

/// <summary>How records stand in rows: JSON with camel-case names, ids and values as they print.</summary>
static class RowBody
{
    static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>The API writes its answers in the same way.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MaxDepth = 600;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        options.Converters.Add(new JsonValueConverter());
        return options;
    }

    public static ReadOnlyMemory<byte> Of<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Options);

    public static T Read<T>(Row row) =>
        JsonSerializer.Deserialize<T>(row.Body.Span, Options) ?? throw new InvalidDataException($"The row {row.Partition} {row.Key} is empty.");

    public static T? ReadOrNone<T>(Row? row)
        where T : class => row is null ? null : Read<T>(row);
}
