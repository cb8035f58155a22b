using System.Collections.Immutable;
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
    readonly Func<Shape, ImmutableArray<Problem>> check;

    Format(string name, string mediaType, Reader reader, Writer writer, Func<Shape, ImmutableArray<Problem>>? check = null) =>
        (Name, MediaType, this.reader, this.writer, this.check) = (name, mediaType, reader, writer, check ?? (_ => []));

    /// <summary>Every format, by the name a system's definition gives.</summary>
    public static IReadOnlyDictionary<string, Format> All { get; } = new[]
    {
        new Format("json", "application/json", JsonFormat.Read, JsonFormat.Write),
        new Format("xml", "application/xml", XmlFormatReader.Read, XmlFormatWriter.Write),
        new Format("csv", "text/csv", CsvFormat.Read, CsvFormat.Write, shape => CsvLayout.Of(shape).Problems),
        new Format("fixed-width", "text/plain", FixedWidthFormat.Read, FixedWidthFormat.Write, shape => FixedWidthLayout.Of(shape).Problems),
    }.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>The name in a definition, such as <c>json</c>.</summary>
    public string Name { get; }

    /// <summary>The media type of a document, without parameters.</summary>
    public string MediaType { get; }

    /// <summary>Why documents cannot be read and written by this schema: every fault of its layout, with its place.</summary>
    public ImmutableArray<Problem> Check(Shape shape) => check(shape);

    /// <summary>Reads a document. Whatever the bytes are, the answer is a value or problems, never an exception.</summary>
    /// <param name="document">The bytes as received.</param>
    /// <param name="shape">The shape of the format's schema: it tells a list with one item from a single value. None: the document alone decides; CSV and fixed width need it.</param>
    /// <param name="limits">The limits of a message if none are given.</param>
    public Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape = null, FormatLimits? limits = null) =>
        reader(document, shape, limits ?? FormatLimits.Message);

    /// <summary>Writes a document.</summary>
    /// <param name="value">The value, valid by the format's schema.</param>
    /// <param name="shape">The shape of the format's schema: it gives the order, for XML attributes and namespaces, for CSV and fixed width the columns.</param>
    public Outcome<byte[]> Write(JsonValue value, Shape? shape = null) => writer(value, shape);
}
