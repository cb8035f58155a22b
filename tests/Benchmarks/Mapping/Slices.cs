using System.Text.Json;

namespace Interop.Benchmarks.Mapping;

/// <summary>A text of the document that is read: its token with the quotation marks. Start 0 is none, for a document begins with a bracket.</summary>
readonly record struct Slice(int Start, int Length, bool IsEscaped)
{
    public static Slice Of(ref Utf8JsonReader reader) => new((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), reader.ValueIsEscaped);

    public bool IsNone => Start == 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start + 1, Length - 2);
}

/// <summary>What a mapper written by hand needs again and again: checks of what was read, each as strict as the schema, and writing.</summary>
ref struct HandContext(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
{
    readonly ReadOnlySpan<byte> json = json;

    public readonly Utf8JsonWriter Writer = writer;

    public readonly ReadOnlySpan<byte> Of(Slice text) => text.In(json);

    /// <summary>Takes the next token as a text that was not there before.</summary>
    public static bool Take(ref Utf8JsonReader reader, ref Slice into, int least, int most)
    {
        if (!into.IsNone || !reader.Read() || reader.TokenType != JsonTokenType.String) return false;
        into = Slice.Of(ref reader);
        return IsOfLength(ref reader, least, most);
    }

    public static bool IsOfLength(ref Utf8JsonReader reader, int least, int most)
    {
        var text = reader.ValueSpan;
        if (text.Length >= least && text.Length <= most && !reader.ValueIsEscaped && System.Text.Ascii.IsValid(text)) return true;
        if (text.Length < least) return false;
        var length = reader.GetString()!.EnumerateRunes().Count();
        return length >= least && length <= most;
    }

    public readonly void Write(JsonEncodedText name, Slice text)
    {
        if (text.IsNone) return;
        Writer.WritePropertyName(name);
        Write(text);
    }

    public readonly void Write(Slice text)
    {
        if (!text.IsEscaped)
        {
            Writer.WriteStringValue(Of(text));
            return;
        }

        var reader = new Utf8JsonReader(json.Slice(text.Start, text.Length));
        reader.Read();
        Writer.WriteStringValue(reader.GetString());
    }
}
