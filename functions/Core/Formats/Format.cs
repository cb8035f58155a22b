using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>A format that systems speak: how its bytes become a <see cref="JsonValue"/> and back. The formats there are: <see cref="All"/>.</summary>
public sealed class Format
{
    delegate Outcome<JsonValue> Reader(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits);

    delegate Outcome<byte[]> Writer(JsonValue value, Shape? shape);

    readonly Reader reader;
    readonly Writer writer;

    Format(string name, string mediaType, Reader reader, Writer writer) => (Name, MediaType, this.reader, this.writer) = (name, mediaType, reader, writer);

    /// <summary>Every format, by the name a system's definition gives.</summary>
    public static IReadOnlyDictionary<string, Format> All { get; } = new[]
    {
        new Format("json", "application/json", JsonFormat.Read, JsonFormat.Write),
        new Format("xml", "application/xml", XmlFormatReader.Read, XmlFormatWriter.Write),
    }.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>The name in a definition, such as <c>json</c>.</summary>
    public string Name { get; }

    /// <summary>The media type of a document, without parameters.</summary>
    public string MediaType { get; }

    /// <summary>Reads a document. Whatever the bytes are, the answer is a value or problems, never an exception.</summary>
    /// <param name="document">The bytes as received.</param>
    /// <param name="shape">The shape of the format's schema: it tells a list with one item from a single value. None: the document alone decides.</param>
    /// <param name="limits">The limits of a message if none are given.</param>
    public Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape = null, FormatLimits? limits = null) =>
        reader(document, shape, limits ?? FormatLimits.Message);

    /// <summary>Writes a document.</summary>
    /// <param name="value">The value, valid by the format's schema.</param>
    /// <param name="shape">The shape of the format's schema: it gives the order, and for XML attributes and namespaces.</param>
    public Outcome<byte[]> Write(JsonValue value, Shape? shape = null) => writer(value, shape);
}
