using System.Text;
using System.Xml;
using System.Xml.Linq;
using Interop.Core.Json;

namespace Interop.Platform.Portal;

/// <summary>A payload as it is shown: one that came in one line is laid out, a very long one is cut.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="IsLaidOut">Whether spaces and line ends were added for reading.</param>
/// <param name="IsCut">Whether the rest is left out.</param>
sealed record PayloadText(string Text, bool IsLaidOut, bool IsCut)
{
    /// <summary>The most characters shown of one payload; a page holds many.</summary>
    public const int MostShown = 64 * 1024;

    /// <summary>The payload for reading.</summary>
    public static PayloadText Of(string payload)
    {
        if (payload.Length > MostShown) return new PayloadText(payload[..MostShown], false, true);
        var text = payload.Trim();
        if (text.Contains('\n', StringComparison.Ordinal)) return new PayloadText(payload, false, false);
        var laidOut = text switch
        {
            ['{' or '[', ..] => Json(text),
            ['<', ..] => Xml(text),
            _ => null,
        };
        return new PayloadText(laidOut ?? payload, laidOut is not null && laidOut != text, false);
    }

    static string? Json(string text) => JsonValue.Parse(Encoding.UTF8.GetBytes(text)) is { Succeeded: true } parsed ? parsed.Value.ToIndentedString() : null;

    static string? Xml(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostShown };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            var document = XDocument.Load(reader);
            return document.Declaration is { } declaration ? $"{declaration}\n{document}" : document.ToString();
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
