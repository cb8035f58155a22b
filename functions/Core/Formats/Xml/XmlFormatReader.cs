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

    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits)
    {
        if (document.Length > limits.MaxBytes)
            return new Problem("too-large", $"The document has {document.Length} bytes; at most {limits.MaxBytes} are read. Send it in parts.");
        if (document.StartsWith(Encoding.UTF8.Preamble)) document = document[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(document))
        {
            var offset = Utf8Text.ValidPrefix(document);
            return new Problem("encoding", $"Byte {offset} is not valid UTF-8. Send the document as UTF-8.", Place: Utf8Text.PlaceAt(document, offset));
        }

        var text = Encoding.UTF8.GetString(document);
        return XmlProlog.Doctype(text) is { } place
            ? new Problem("dtd", "A document type (DOCTYPE) is not read. Send the document without it and without entities of its own.", Place: place)
            : Parse(text, shape, limits);
    }

    static Outcome<JsonValue> Parse(string text, Shape? shape, FormatLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        try
        {
            return new XmlTreeReader(reader, limits).Document(shape, Declared);
        }
        catch (XmlException wrong)
        {
            return new Problem("syntax", $"This is not XML: {WithoutPlace(wrong.Message)}", Place: new Place("", Math.Max(1, wrong.LineNumber), Math.Max(1, wrong.LinePosition)));
        }
    }

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
