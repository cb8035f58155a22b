using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Interop.Core.Json;

/// <summary>What untrusted JSON may be at the most.</summary>
/// <param name="MaxBytes">Bytes of the document.</param>
/// <param name="MaxDepth">Nested arrays and objects.</param>
public sealed record JsonLimits(int MaxBytes, int MaxDepth)
{
    /// <summary>The limits of a message: 1 MiB, 64 deep.</summary>
    public static JsonLimits Message { get; } = new(1 << 20, 64);

    /// <summary>The limits of what the platform itself stored: 64 MiB, 512 deep.</summary>
    public static JsonLimits Stored { get; } = new(64 << 20, 512);
}

public readonly partial struct JsonValue
{
    /// <summary>Parses strict JSON (RFC 8259): UTF-8, no comments, no trailing commas, no name twice in one object (I-JSON, RFC 7493).</summary>
    /// <returns>The value, or one problem with line and column: <c>too-large</c>, <c>too-deep</c>, <c>encoding</c>, <c>syntax</c>, <c>duplicate-name</c>.</returns>
    public static Outcome<JsonValue> Parse(ReadOnlySpan<byte> utf8, JsonLimits? limits = null)
    {
        limits ??= JsonLimits.Message;
        if (utf8.Length > limits.MaxBytes)
            return new Problem("too-large", $"The document has {utf8.Length} bytes; at most {limits.MaxBytes} are read. Send it in parts.");
        var preamble = utf8.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        utf8 = utf8[preamble..];
        if (!Utf8.IsValid(utf8))
        {
            var offset = Utf8Text.ValidPrefix(utf8);
            return Told(utf8, offset, preamble, "encoding", $"Byte {offset + preamble} is not valid UTF-8. Send the document as UTF-8.");
        }

        // One level is left to the reader beyond ours, so that "too deep" is told apart from bad syntax.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
        try
        {
            if (!reader.Read()) return Told(utf8, 0, preamble, "syntax", "This is not JSON: The document is empty.");
            var value = ReadValue(ref reader, limits.MaxDepth);
            reader.Read();
            return value;
        }
        catch (StrictnessException refused)
        {
            return Told(utf8, (int)reader.TokenStartIndex, preamble, refused.Rule, refused.Message);
        }
        catch (JsonException wrong)
        {
            var offset = LineStart(utf8, (int)(wrong.LineNumber ?? 0)) + (int)(wrong.BytePositionInLine ?? 0);
            var reason = wrong.Message.Split(" LineNumber:", 2)[0];
            return Told(utf8, Math.Min(offset, utf8.Length), preamble, "syntax", $"This is not JSON: {(utf8.IsEmpty ? "The document is empty." : reason)}");
        }
        catch (InvalidOperationException wrong) when (wrong.InnerException is DecoderFallbackException || reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            return Told(utf8, (int)reader.TokenStartIndex, preamble, "encoding", "A string holds half of a surrogate pair. Write the character whole.");
        }
    }

    /// <summary>Parses strict JSON text; see <see cref="Parse(ReadOnlySpan{byte}, JsonLimits?)"/>.</summary>
    public static Outcome<JsonValue> Parse(string text, JsonLimits? limits = null) => Parse(Encoding.UTF8.GetBytes(text), limits);

    static JsonValue ReadValue(ref Utf8JsonReader reader, int depthLeft) => reader.TokenType switch
    {
        JsonTokenType.Null => Null,
        JsonTokenType.True => True,
        JsonTokenType.False => False,
        JsonTokenType.String => Of(reader.GetString()),
        JsonTokenType.Number => OfNumber(reader.ValueSpan),
        JsonTokenType.StartArray => ReadArray(ref reader, Deeper(depthLeft)),
        JsonTokenType.StartObject => ReadObject(ref reader, Deeper(depthLeft)),
        _ => throw new InvalidOperationException($"Unexpected token {reader.TokenType}."),
    };

    static JsonValue ReadArray(ref Utf8JsonReader reader, int depthLeft)
    {
        var items = new List<JsonValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader, depthLeft));
        return Of(items.ToArray());
    }

    static JsonValue ReadObject(ref Utf8JsonReader reader, int depthLeft)
    {
        var members = new List<KeyValuePair<string, JsonValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (!names.Add(name)) throw new StrictnessException("duplicate-name", $"The name \"{Problem.Preview(name)}\" stands twice in one object. Keep one.");
            reader.Read();
            members.Add(KeyValuePair.Create(name, ReadValue(ref reader, depthLeft)));
        }

        return OfDistinct(members.ToArray());
    }

    static int Deeper(int depthLeft) => depthLeft > 0 ? depthLeft - 1 : throw new StrictnessException("too-deep", "The document is nested too deeply.");

    static Problem Told(ReadOnlySpan<byte> utf8, int offset, int preamble, string rule, string message) =>
        new(rule, message, Place: Utf8Text.PlaceAt(utf8, offset)) { Offset = offset + preamble };

    static int LineStart(ReadOnlySpan<byte> utf8, int line)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }

        return start;
    }

    sealed class StrictnessException(string rule, string message) : Exception(message)
    {
        public string Rule => rule;
    }
}
