using System.Text.Json;

namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>A <see cref="HandRecord"/> to the canonical record: codes, dates that exist, the clock change, the postcode, the telephone number. False for what is refused.</summary>
readonly ref struct HandWriter(ReadOnlySpan<byte> json, HandRecord from, Utf8JsonWriter writer)
{
    readonly ReadOnlySpan<byte> json = json;

    public bool Record()
    {
        writer.WriteStartObject();
        writer.WriteStartArray(CanonicalNames.References);
        Reference(CanonicalNames.Occurrence, from.Number);
        Reference(CanonicalNames.Crime, from.CrimeRef);
        writer.WriteEndArray();
        if (!HandCodes.TryStatus(from.Status.In(json), out var status) || !HandCodes.TryOffence(from.Offence.In(json), out var offence)) return false;
        writer.WriteString(CanonicalNames.Status, status);
        writer.WriteString(CanonicalNames.Offence, offence);
        if (!Instant(CanonicalNames.OccurredFrom, from.From) || (!from.To.IsNone && !Instant(CanonicalNames.OccurredTo, from.To))) return false;
        Write(CanonicalNames.Summary, from.Modus);
        if (from.HasVenue && !Location()) return false;
        writer.WriteStartArray(CanonicalNames.Persons);
        for (var at = 0; at < from.NominalCount; at++)
        {
            if (!Person(from.Nominals[at], from.Forenames.AsSpan(at * HandRecord.MostForenames))) return false;
        }

        writer.WriteEndArray();
        writer.WriteStartArray(CanonicalNames.Events);
        for (var at = 0; at < from.EventCount; at++)
        {
            if (!Event(from.Events[at])) return false;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return true;
    }

    void Reference(JsonEncodedText kind, HandText value)
    {
        writer.WriteStartObject();
        writer.WriteString(CanonicalNames.Kind, kind);
        Write(CanonicalNames.Value, value);
        writer.WriteEndObject();
    }

    bool Location()
    {
        writer.WriteStartObject(CanonicalNames.Location);
        if (from.LineCount >= 0) List(CanonicalNames.Lines, from.Lines, from.LineCount);
        Write(CanonicalNames.Town, from.Town);
        if (!from.PostCode.IsNone)
        {
            if (!IsPostcode(from.PostCode.In(json))) return false;
            Write(CanonicalNames.Postcode, from.PostCode);
        }

        writer.WriteEndObject();
        return true;
    }

    bool Person(in HandRecord.Nominal one, ReadOnlySpan<HandText> forenames)
    {
        writer.WriteStartObject();
        Write(CanonicalNames.Role, one.Role);
        writer.WriteStartObject(CanonicalNames.Name);
        List(CanonicalNames.Given, forenames, one.ForenameCount);
        Write(CanonicalNames.Family, one.Surname);
        writer.WriteEndObject();
        if (!one.Born.IsNone)
        {
            Span<byte> date = stackalloc byte[HandTimes.DateLength];
            if (!HandTimes.TryDate(one.Born.In(json), date)) return false;
            writer.WriteString(CanonicalNames.DateOfBirth, date);
        }

        if (!one.Mobile.IsNone && !International(one.Mobile.In(json))) return false;
        Write(CanonicalNames.Needs, one.Needs);
        writer.WriteEndObject();
        return true;
    }

    bool Event(in HandRecord.Event one)
    {
        if (!HandCodes.TryEvent(one.Type.In(json), out var kind)) return false;
        writer.WriteStartObject();
        writer.WriteString(CanonicalNames.Kind, kind);
        if (!Instant(CanonicalNames.At, one.At)) return false;
        Write(CanonicalNames.Text, one.Text);
        writer.WriteEndObject();
        return true;
    }

    bool Instant(JsonEncodedText name, HandText local)
    {
        Span<byte> instant = stackalloc byte[HandTimes.InstantLength];
        if (!HandTimes.TryInstant(local.In(json), instant)) return false;
        writer.WriteString(name, instant);
        return true;
    }

    void List(JsonEncodedText name, ReadOnlySpan<HandText> list, int count)
    {
        writer.WriteStartArray(name);
        foreach (var text in list[..count])
        {
            if (text.IsEscaped) writer.WriteStringValue(Unescaped(text));
            else writer.WriteStringValue(text.In(json));
        }

        writer.WriteEndArray();
    }

    void Write(JsonEncodedText name, HandText text)
    {
        if (text.IsNone) return;
        if (text.IsEscaped) writer.WriteString(name, Unescaped(text));
        else writer.WriteString(name, text.In(json));
    }

    string Unescaped(HandText text)
    {
        var reader = new Utf8JsonReader(json.Slice(text.Start, text.Length));
        reader.Read();
        return reader.GetString()!;
    }

    bool International(ReadOnlySpan<byte> national)
    {
        if (national.Length != 11 || national[0] != '0' || !"1235789"u8.Contains(national[1]) || national.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        Span<byte> written = stackalloc byte[13];
        "+44"u8.CopyTo(written);
        national[1..].CopyTo(written[3..]);
        writer.WriteString(CanonicalNames.Sms, written);
        return true;
    }

    static bool IsPostcode(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && at < 2 && char.IsAsciiLetterUpper((char)text[at])) at++;
        if (at == 0 || at >= text.Length || !char.IsAsciiDigit((char)text[at++])) return false;
        if (at < text.Length && char.IsAsciiLetterOrDigit((char)text[at]) && !char.IsAsciiLetterLower((char)text[at])) at++;
        return text.Length == at + 4 && text[at] == ' ' && char.IsAsciiDigit((char)text[at + 1]) && "ABDEFGHJLNPQRSTUWXYZ"u8.Contains(text[at + 2]) && "ABDEFGHJLNPQRSTUWXYZ"u8.Contains(text[at + 3]);
    }
}
