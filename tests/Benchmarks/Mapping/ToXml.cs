using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using System.Xml.Xsl;
using BenchmarkDotNet.Attributes;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Benchmarks.Mapping;

/// <summary>From the canonical record to the system's XML: the compiled definition, which reads JSON, against XSLT, which is given the record as XML, and against itself interpreted.</summary>
public class ToXml
{
    readonly ArrayBufferWriter<byte> output = new(1 << 14);
    readonly XslCompiledTransform transform = new();
    readonly XsltArgumentList arguments = new();
    MappingDefinition definition = null!;
    byte[] record = null!;
    byte[] recordXml = null!;

    [GlobalSetup]
    public void Setup()
    {
        definition = OccurrenceTask.Definition("xml");
        record = OccurrenceTask.Canonical(definition);
        recordXml = Encoding.UTF8.GetBytes(new XElement("record", Elements(JsonValue.Parse(record).Value)).ToString(SaveOptions.DisableFormatting));
        using (var stylesheet = XmlReader.Create(new StringReader(OccurrenceTask.Text("record.xslt")))) transform.Load(stylesheet);
        arguments.AddExtensionObject("urn:benchmark", new XsltExtensions());
        var wanted = Interpreter();
        Console.WriteLine($"// {record.Length} bytes become {wanted.Length}");
        Compiled();
        OccurrenceTask.Check("compiled", output.WrittenSpan, wanted);

        // The same document, whatever the white space.
        OccurrenceTask.Check("XSLT", Canonical(Xslt().ToArray()), Canonical(wanted));
    }

    [Benchmark(Baseline = true, Description = "compiled definition")]
    public int Compiled()
    {
        output.ResetWrittenCount();
        return definition.TrySend(record, output) ? output.WrittenCount : throw new InvalidOperationException("Not compiled.");
    }

    [Benchmark(Description = "XslCompiledTransform")]
    public MemoryStream Xslt()
    {
        using var reader = XmlReader.Create(new MemoryStream(recordXml));
        var bytes = new MemoryStream(1 << 12);
        using (var writer = XmlWriter.Create(bytes, transform.OutputSettings)) transform.Transform(new XPathDocument(reader), arguments, writer);
        return bytes;
    }

    [Benchmark(Description = "the interpreter")]
    public byte[] Interpreter() => Format.All["xml"].Write(definition.Interpret(JsonValue.Parse(record).Value, MappingDirection.Out).Value, definition.SourceSchema.Shape).Value;

    byte[] Canonical(byte[] xml) => Format.All["xml"].Read(xml, definition.SourceSchema.Shape).Value.ToUtf8();

    static IEnumerable<XElement> Elements(JsonValue value) => value.Members.SelectMany(member => (member.Value.Kind == JsonKind.Array ? member.Value.Items : [member.Value]).Select(one => new XElement(member.Key, Content(one))));

    static object Content(JsonValue value) => value.Kind == JsonKind.Object ? Elements(value) : value.AsString();
}
