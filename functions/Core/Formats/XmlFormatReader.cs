using System.Text;
using System.Text.Unicode;
using System.Xml;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Guards the XML that strangers send: limits, encoding and DTDs are refused before or while it is parsed, whatever the bytes are.</summary>
static class XmlFormatReader
{
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

        return Parse(Encoding.UTF8.GetString(document), shape, limits);
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
            return Refusal(text, wrong);
        }
    }

    // The text is decoded already, so the reader does not look at the declared encoding: a sender who declares another has not sent what is read here.
    static Problem? Declared(string? encoding, Place place) =>
        encoding is null || Encodings.Contains(encoding, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Problem("encoding", $"The document declares the encoding {Problem.Preview(encoding)}. Send it as UTF-8 and declare that.", Place: place);

    static Problem Refusal(string text, XmlException wrong)
    {
        var place = new Place("", Math.Max(1, wrong.LineNumber), Math.Max(1, wrong.LinePosition));
        return StartsDoctype(text, place)
            ? new Problem("dtd", "A document type (DOCTYPE) is not read. Send the document without it and without entities of its own.", Place: place)
            : new Problem("syntax", $"This is not XML: {WithoutPlace(wrong.Message)}", Place: place);
    }

    // The exception has no code; it stands at the word DOCTYPE or at the "<" before.
    static bool StartsDoctype(string text, Place place)
    {
        var line = text.Split('\n', place.Line + 1) is { } lines && lines.Length >= place.Line ? lines[place.Line - 1] : "";
        var from = Math.Clamp(place.Column - 4, 0, line.Length);
        var near = line[from..Math.Min(line.Length, from + 12)];
        return near.Contains("<!DOCTYPE", StringComparison.Ordinal);
    }

    static string WithoutPlace(string message)
    {
        var at = message.IndexOf(" Line ", StringComparison.Ordinal);
        return Problem.Preview(at < 0 ? message : message[..at]);
    }
}
