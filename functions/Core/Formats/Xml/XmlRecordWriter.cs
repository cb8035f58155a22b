using System.Text;
using System.Xml;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Writes records as elements at one path of an XML document.</summary>
sealed class XmlRecordWriter(XmlPath path) : RecordWriter
{
    public override byte[] Begin()
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, XmlFormatWriter.Settings(isDocument: true)))
        {
            writer.WriteStartDocument();
            foreach (var step in path.Steps[..^1]) writer.WriteStartElement(step.Prefix ?? "", step.Wire, step.Namespace ?? "");
            writer.WriteRaw("\n");
            writer.Flush();
            return bytes.ToArray();
        }
    }

    public override Outcome<byte[]> Write(string member, JsonValue record)
    {
        if (member.Length > 0) return new Problem("unknown-name", FormatMessages.NoSuchRecord(""), $"/{JsonPointer.Escape(member)}");
        var problems = new ProblemList();
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, XmlFormatWriter.Settings(isDocument: false))) new XmlTreeWriter(writer, problems).Record(record, path);
        bytes.WriteByte((byte)'\n');
        return problems.Or(bytes.ToArray);
    }

    public override byte[] End() =>
        Encoding.UTF8.GetBytes(string.Concat(path.Steps[..^1].Reverse().Select(step => $"</{(step.Prefix is { } prefix ? $"{prefix}:" : "")}{step.Wire}>")) + "\n");
}
