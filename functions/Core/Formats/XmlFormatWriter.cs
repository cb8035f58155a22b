using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

static class XmlFormatWriter
{
    public static Outcome<byte[]> Write(JsonValue value, Shape? shape) => new Problem("not-built", "XML is not written yet.");
}
