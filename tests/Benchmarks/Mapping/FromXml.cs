using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.XPath;
using System.Xml.Xsl;
using BenchmarkDotNet.Attributes;
using Interop.Core.Formats;
using Interop.Core.Mapping;

namespace Interop.Benchmarks.Mapping;

/// <summary>From the system's XML to the canonical record: the compiled definition against XSLT, and against itself interpreted.</summary>
public class FromXml
{
    readonly ArrayBufferWriter<byte> output = new(1 << 14);
    readonly XslCompiledTransform transform = new();
    readonly XsltArgumentList arguments = new();
    MappingDefinition definition = null!;

    [GlobalSetup]
    public void Setup()
    {
        definition = OccurrenceTask.Definition("xml");
        using (var stylesheet = XmlReader.Create(new StringReader(OccurrenceTask.Text("occurrence.xslt")))) transform.Load(stylesheet);
        arguments.AddExtensionObject("urn:benchmark", new XsltExtensions());
        var wanted = OccurrenceTask.Canonical(definition);
        Console.WriteLine($"// {OccurrenceTask.Xml.Length} bytes become {wanted.Length}");
        Compiled();
        OccurrenceTask.Check("compiled", output.WrittenSpan, wanted);
        OccurrenceTask.Check("XSLT", Xslt().ToArray(), wanted);
    }

    [Benchmark(Baseline = true, Description = "compiled definition")]
    public int Compiled()
    {
        output.ResetWrittenCount();
        return definition.TryReceive(OccurrenceTask.Xml, output) ? output.WrittenCount : throw new InvalidOperationException("Not compiled.");
    }

    [Benchmark(Description = "XslCompiledTransform")]
    public MemoryStream Xslt()
    {
        using var reader = XmlReader.Create(new MemoryStream(OccurrenceTask.Xml));
        var document = new XPathDocument(reader);
        var bytes = new MemoryStream(1 << 12);
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true)) transform.Transform(document, arguments, writer);
        return bytes;
    }

    [Benchmark(Description = "the interpreter")]
    public MappingResult Interpreter() => definition.Interpret(Format.All["xml"].Read(OccurrenceTask.Xml, definition.SourceSchema.Shape).Value, MappingDirection.In);
}
