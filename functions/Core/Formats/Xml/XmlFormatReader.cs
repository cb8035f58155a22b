using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Xml;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Guards the XML that strangers send: limits, encoding and DTDs are refused before or while it is parsed, whatever the bytes are.</summary>
static partial class XmlFormatReader
{
    const int LongestSentence = 300;

    static readonly string[] Encodings = ["UTF-8", "US-ASCII"];

    static ReadOnlySpan<byte> BigEndian => [0xFE, 0xFF];

    static ReadOnlySpan<byte> LittleEndian => [0xFF, 0xFE];

    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits)
    {
        if (document.Length > limits.MaxBytes) return new Problem("too-large", FormatMessages.DocumentTooLarge(document.Length, limits.MaxBytes));
        var preamble = document.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        document = document[preamble..];
        if (!Utf8.IsValid(document))
        {
            var offset = Utf8Text.ValidPrefix(document);
            return new Problem("encoding", document.StartsWith(BigEndian) || document.StartsWith(LittleEndian) ? FormatMessages.Utf16 : FormatMessages.NotUtf8(offset + preamble), Place: Utf8Text.PlaceAt(document, offset)) { Offset = offset + preamble };
        }

        var text = Encoding.UTF8.GetString(document);
        var read = XmlProlog.Doctype(text) is { } place ? new Problem("dtd", FormatMessages.Doctype, Place: place) : Parse(text, shape, limits);
        return read.Succeeded ? read : XmlOffsets.Add(read.Problems, document, preamble);
    }

    public static Outcome<RecordReader> Records(Shape? shape, string? path, RecordLimits limits) => XmlPath.Of(shape, path).Then<RecordReader>(steps => new XmlRecordReader(steps, limits));

    /// <summary>One of many records: an element by itself, of valid UTF-8.</summary>
    public static Outcome<JsonValue> ReadRecord(ReadOnlySpan<byte> record, XmlPath path, XmlParserContext context, FormatLimits limits)
    {
        var read = Guarded(Encoding.UTF8.GetString(record), context, reader => new XmlTreeReader(reader, limits).Record(path));
        return read.Succeeded ? read : XmlOffsets.Add(read.Problems, record, 0);
    }

    /// <summary>What is wrong with the declaration at the beginning of a file; null if nothing is.</summary>
    public static Problem? ReadDeclaration(ReadOnlySpan<byte> declaration, bool isFirst)
    {
        if (!isFirst) return new Problem("syntax", FormatMessages.DeclarationNotFirst);
        var read = Parse($"{Encoding.UTF8.GetString(declaration)}<a/>", null, FormatLimits.Message);
        return read.Succeeded ? null : read.Problems[0];
    }

    /// <summary>Reads a part of a document; a syntax error is a problem.</summary>
    public static Outcome<T> Guarded<T>(string text, XmlParserContext? context, Func<XmlReader, Outcome<T>> read)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = Math.Max(1, text.Length),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            ConformanceLevel = context is null ? ConformanceLevel.Document : ConformanceLevel.Fragment,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings, context);
        try
        {
            return read(reader);
        }
        catch (XmlException wrong)
        {
            return new Problem("syntax", $"This is not XML: {WithoutPlace(wrong.Message)}", Place: new Place("", Math.Max(1, wrong.LineNumber), Math.Max(1, wrong.LinePosition)));
        }
    }

    static Outcome<JsonValue> Parse(string text, Shape? shape, FormatLimits limits) =>
        Guarded(text, null, reader => new XmlTreeReader(reader, limits).Document(shape, Declared));

    // The text is decoded already, so the reader does not look at the declared encoding: a sender who declares another has not sent what is read here.
    static Problem? Declared(string? encoding, Place place) =>
        encoding is null || Encodings.Contains(encoding, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Problem("encoding", $"The document declares the encoding {Problem.Preview(encoding)}. Send it as UTF-8 and declare that.", Place: place);

    // The place stands beside the sentence; names of the sender's own may make the sentence as long as the document.
    static string WithoutPlace(string message)
    {
        var at = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        var sentence = Place().Replace(at < 0 ? message : message[..at], "");
        return sentence.Length <= LongestSentence ? sentence : $"{sentence[..LongestSentence]}…";
    }

    [GeneratedRegex(" on line [0-9]+ position [0-9]+", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Place();
}
