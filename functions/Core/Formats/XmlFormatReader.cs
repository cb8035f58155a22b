using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

static class XmlFormatReader
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits) => new Problem("not-built", "XML is not read yet.");
}
