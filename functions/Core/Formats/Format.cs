using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>A format that systems speak: how its bytes become a <see cref="JsonValue"/> and back. The formats there are: <see cref="All"/>.</summary>
public sealed class Format
{
    delegate Outcome<JsonValue> Reader(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits);

    delegate Outcome<byte[]> Writer(JsonValue value, Shape? shape);

    readonly Parts parts;

    Format(string name, string mediaType, Parts parts) => (Name, MediaType, this.parts) = (name, mediaType, parts);

    // How it is done: a whole document read and written, its records read and written, a schema checked for what lays the format out.
    sealed record Parts(
        Reader Read, Writer Write, Func<Shape?, string?, RecordLimits, Outcome<RecordReader>> Records, Func<Shape?, string?, Outcome<RecordWriter>> WriteRecords, Func<Shape, ImmutableArray<Problem>> Check);

    /// <summary>Every format, by the name a system's definition gives.</summary>
    public static IReadOnlyDictionary<string, Format> All { get; } = new[]
    {
        new Format("json", "application/json", new(JsonFormat.Read, JsonFormat.Write, JsonFormat.Records, JsonFormat.WriteRecords, _ => [])),
        new Format("xml", "application/xml", new(XmlFormatReader.Read, XmlFormatWriter.Write, XmlFormatReader.Records, XmlFormatWriter.WriteRecords, _ => [])),
        new Format("csv", "text/csv", new(CsvFormat.Read, CsvFormat.Write, CsvFormat.Records, CsvFormat.WriteRecords, shape => CsvLayout.Of(shape).Problems)),
        new Format("fixed-width", "text/plain", new(FixedWidthFormat.Read, FixedWidthFormat.Write, FixedWidthFormat.Records, FixedWidthFormat.WriteRecords, shape => FixedWidthLayout.Of(shape).Problems)),
    }.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>The name in a definition, such as <c>json</c>.</summary>
    public string Name { get; }

    /// <summary>The media type of a document, without parameters.</summary>
    public string MediaType { get; }

    /// <summary>Why documents cannot be read and written by this schema: every fault of its layout, with its place.</summary>
    public ImmutableArray<Problem> Check(Shape shape) => parts.Check(shape);

    /// <summary>Reads a document. Whatever the bytes are, the answer is a value or problems, never an exception.</summary>
    /// <param name="document">The bytes as received.</param>
    /// <param name="shape">The shape of the format's schema: it tells a list with one item from a single value. None: the document alone decides; CSV and fixed width need it.</param>
    /// <param name="limits">The limits of a message if none are given.</param>
    public Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape = null, FormatLimits? limits = null) =>
        parts.Read(document, shape, limits ?? FormatLimits.Message);

    /// <summary>Writes a document.</summary>
    /// <param name="value">The value, valid by the format's schema.</param>
    /// <param name="shape">The shape of the format's schema: it gives the order, for XML attributes and namespaces, for CSV and fixed width the columns.</param>
    public Outcome<byte[]> Write(JsonValue value, Shape? shape = null) => parts.Write(value, shape);

    /// <summary>Reads a file record by record, never holding more than one.</summary>
    /// <param name="shape">The shape of the format's schema, which describes a whole document.</param>
    /// <param name="path">
    /// Where the records stand in a whole document. JSON: a pointer to a list (<c>/data/items</c>; the empty text if the document is the list), none for one document a line.
    /// XML: a pointer to the element that is repeated (<c>/Cases/Case</c>). CSV and fixed width: none, the schema says it.
    /// </param>
    /// <param name="limits">The limits of a file if none are given.</param>
    public Outcome<RecordReader> Records(Shape? shape = null, string? path = null, RecordLimits? limits = null) => parts.Records(shape, path, limits ?? RecordLimits.File);

    /// <summary>Writes a file record by record.</summary>
    /// <param name="shape">The shape of the format's schema, which describes a whole document.</param>
    /// <param name="path">As for <see cref="Records"/>.</param>
    public Outcome<RecordWriter> WriteRecords(Shape? shape = null, string? path = null) => parts.WriteRecords(shape, path);
}
