using System.Text;
using System.Xml;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Writes a value as XML; what XML cannot hold is a problem, so what is written reads back the same.</summary>
static class XmlFormatWriter
{
    public static Outcome<byte[]> Write(JsonValue value, Shape? shape)
    {
        if (value.Kind != JsonKind.Object || value.Count != 1)
            return new Problem("root", "An XML document has one root element: write an object with one member, named as the root.");

        using var bytes = new MemoryStream();
        var problems = new ProblemList();
        using (var writer = XmlWriter.Create(bytes, Settings(isDocument: true)))
        {
            writer.WriteStartDocument();
            var tree = new XmlTreeWriter(writer, problems);
            tree.Root(value, shape);
            if (problems.IsEmpty) writer.WriteEndDocument();
        }

        return problems.Or(bytes.ToArray);
    }

    public static Outcome<RecordWriter> WriteRecords(Shape? shape, string? path) => XmlPath.Of(shape, path).Then<RecordWriter>(steps => new XmlRecordWriter(steps));

    public static XmlWriterSettings Settings(bool isDocument) => new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        OmitXmlDeclaration = !isDocument,
        ConformanceLevel = isDocument ? ConformanceLevel.Document : ConformanceLevel.Fragment,
    };
}
