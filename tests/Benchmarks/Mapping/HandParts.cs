using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Interop.Benchmarks.Mapping;

/// <summary>Names that are encoded once.</summary>
static class HandNames
{
    public static readonly JsonEncodedText References = JsonEncodedText.Encode("references"), Kind = JsonEncodedText.Encode("kind"), Value = JsonEncodedText.Encode("value"),
        Occurrence = JsonEncodedText.Encode("occurrence"), Crime = JsonEncodedText.Encode("crime"), Status = JsonEncodedText.Encode("status"), Offence = JsonEncodedText.Encode("offence"),
        OccurredFrom = JsonEncodedText.Encode("occurredFrom"), OccurredTo = JsonEncodedText.Encode("occurredTo"), Summary = JsonEncodedText.Encode("summary"), Location = JsonEncodedText.Encode("location"),
        Lines = JsonEncodedText.Encode("lines"), Town = JsonEncodedText.Encode("town"), Postcode = JsonEncodedText.Encode("postcode"), Persons = JsonEncodedText.Encode("persons"), Role = JsonEncodedText.Encode("role"),
        Name = JsonEncodedText.Encode("name"), Given = JsonEncodedText.Encode("given"), Family = JsonEncodedText.Encode("family"), DateOfBirth = JsonEncodedText.Encode("dateOfBirth"), Sms = JsonEncodedText.Encode("sms"),
        Needs = JsonEncodedText.Encode("needs"), Events = JsonEncodedText.Encode("events"), At = JsonEncodedText.Encode("at"), Text = JsonEncodedText.Encode("text");
}

/// <summary>A short code list; a few comparisons are the quickest that people write.</summary>
sealed class HandCodes(params (string Source, string Canonical)[] codes)
{
    public static readonly HandCodes Statuses = new(("REC", "recorded"), ("UIN", "under-investigation"), ("CHG", "charged"), ("CLO", "closed"));
    public static readonly HandCodes Offences = new(("028/01", "burglary-dwelling"), ("030/02", "burglary-other"), ("034/01", "robbery"), ("058/01", "criminal-damage"));
    public static readonly HandCodes EventTypes = new(("OIC", "officer-assigned"), ("ARR", "suspect-arrested"), ("BAI", "released-on-bail"), ("FIL", "file-sent"));

    readonly (byte[] Source, JsonEncodedText Canonical)[] codes = [.. codes.Select(code => (Encoding.UTF8.GetBytes(code.Source), JsonEncodedText.Encode(code.Canonical)))];

    public bool TryGet(ReadOnlySpan<byte> source, out JsonEncodedText canonical)
    {
        foreach (var (code, meaning) in codes)
        {
            if (!source.SequenceEqual(code)) continue;
            canonical = meaning;
            return true;
        }

        canonical = default;
        return false;
    }

    public static bool IsRole(ReadOnlySpan<byte> text) => text.SequenceEqual("victim"u8) || text.SequenceEqual("witness"u8) || text.SequenceEqual("suspect"u8);
}

static class HandTimes
{
    public static bool WriteInstant(HandContext context, JsonEncodedText name, Slice text)
    {
        var local = context.Of(text);
        if (local.Length != 16 || !TryDate(local, out var day) || local[10] != ' ' || local[13] != ':' || !TryTwo(local[11..], out var hour) || !TryTwo(local[14..], out var minute) || hour > 23 || minute > 59) return false;
        if (!London.TryToUtc(day.AddMinutes((hour * 60) + minute), out var utc)) return false;
        Span<byte> written = stackalloc byte[28];
        if (!Utf8Formatter.TryFormat(utc, written, out _, 'O')) return false;
        written[19] = (byte)'Z';
        context.Writer.WriteString(name, written[..20]);
        return true;
    }

    public static bool WriteDate(HandContext context, JsonEncodedText name, Slice text)
    {
        if (!TryDate(context.Of(text), out var day)) return false;
        Span<byte> written = stackalloc byte[28];
        if (!Utf8Formatter.TryFormat(day, written, out _, 'O')) return false;
        context.Writer.WriteString(name, written[..10]);
        return true;
    }

    static bool TryDate(ReadOnlySpan<byte> text, out DateTime day)
    {
        day = default;
        if (text.Length < 10 || text[2] != '/' || text[5] != '/' || !TryTwo(text, out var date) || !TryTwo(text[3..], out var month) || !TryTwo(text[6..], out var century) || !TryTwo(text[8..], out var year)) return false;
        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateTime(year, month, date);
        return true;
    }

    static bool TryTwo(ReadOnlySpan<byte> text, out int value)
    {
        value = ((text[0] - '0') * 10) + text[1] - '0';
        return char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]);
    }
}

static class HandTexts
{
    public static bool IsPostcode(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && at < 2 && char.IsAsciiLetterUpper((char)text[at])) at++;
        if (at == 0 || at >= text.Length || !char.IsAsciiDigit((char)text[at++])) return false;
        if (at < text.Length && (char.IsAsciiDigit((char)text[at]) || char.IsAsciiLetterUpper((char)text[at]))) at++;
        return text.Length == at + 4 && text[at] == ' ' && char.IsAsciiDigit((char)text[at + 1]) && "ABDEFGHJLNPQRSTUWXYZ"u8.Contains(text[at + 2]) && "ABDEFGHJLNPQRSTUWXYZ"u8.Contains(text[at + 3]);
    }

    public static bool WriteInternational(HandContext context, JsonEncodedText name, Slice number)
    {
        var text = context.Of(number);
        if (text.Length != 11 || text[0] != '0' || !"1235789"u8.Contains(text[1]) || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        Span<byte> written = stackalloc byte[13];
        "+44"u8.CopyTo(written);
        text[1..].CopyTo(written[3..]);
        context.Writer.WriteString(name, written);
        return true;
    }
}
