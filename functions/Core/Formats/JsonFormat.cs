using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

static class JsonFormat
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits) =>
        JsonValue.Parse(document, new JsonLimits(limits.MaxBytes, limits.MaxDepth));

    public static Outcome<byte[]> Write(JsonValue value, Shape? shape) => value.ToUtf8();
}
