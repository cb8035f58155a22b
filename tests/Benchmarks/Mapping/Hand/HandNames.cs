using System.Text.Json;

namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>The members of the system's format: by the name's length first, then by its bytes.</summary>
static class SourceNames
{
    public static int Occurrence(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 => name.SequenceEqual("modus"u8) ? 6 : name.SequenceEqual("venue"u8) ? 7 : name.SequenceEqual("event"u8) ? 9 : -1,
        6 => name.SequenceEqual("number"u8) ? 0 : name.SequenceEqual("status"u8) ? 2 : -1,
        7 => name.SequenceEqual("nominal"u8) ? 8 : -1,
        8 => name.SequenceEqual("crimeRef"u8) ? 1 : -1,
        11 => name.SequenceEqual("offenceCode"u8) ? 3 : name.SequenceEqual("committedTo"u8) ? 5 : -1,
        13 => name.SequenceEqual("committedFrom"u8) ? 4 : -1,
        _ => -1,
    };

    public static int Venue(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => name.SequenceEqual("town"u8) ? 1 : -1,
        7 => name.SequenceEqual("address"u8) ? 0 : -1,
        8 => name.SequenceEqual("postCode"u8) ? 2 : -1,
        _ => -1,
    };

    public static int Nominal(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 => name.SequenceEqual("dob"u8) ? 3 : -1,
        4 => name.SequenceEqual("role"u8) ? 0 : -1,
        5 => name.SequenceEqual("needs"u8) ? 5 : -1,
        6 => name.SequenceEqual("mobile"u8) ? 4 : -1,
        7 => name.SequenceEqual("surname"u8) ? 2 : -1,
        8 => name.SequenceEqual("forename"u8) ? 1 : -1,
        _ => -1,
    };

    public static int Event(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("at"u8) ? 1 : -1,
        4 => name.SequenceEqual("type"u8) ? 0 : name.SequenceEqual("text"u8) ? 2 : -1,
        _ => -1,
    };
}

/// <summary>The members of the canonical record, encoded once.</summary>
static class CanonicalNames
{
    public static readonly JsonEncodedText References = JsonEncodedText.Encode("references"), Kind = JsonEncodedText.Encode("kind"), Value = JsonEncodedText.Encode("value"),
        Occurrence = JsonEncodedText.Encode("occurrence"), Crime = JsonEncodedText.Encode("crime"), Status = JsonEncodedText.Encode("status"), Offence = JsonEncodedText.Encode("offence"),
        OccurredFrom = JsonEncodedText.Encode("occurredFrom"), OccurredTo = JsonEncodedText.Encode("occurredTo"), Summary = JsonEncodedText.Encode("summary"), Location = JsonEncodedText.Encode("location"),
        Lines = JsonEncodedText.Encode("lines"), Town = JsonEncodedText.Encode("town"), Postcode = JsonEncodedText.Encode("postcode"), Persons = JsonEncodedText.Encode("persons"), Role = JsonEncodedText.Encode("role"),
        Name = JsonEncodedText.Encode("name"), Given = JsonEncodedText.Encode("given"), Family = JsonEncodedText.Encode("family"), DateOfBirth = JsonEncodedText.Encode("dateOfBirth"), Sms = JsonEncodedText.Encode("sms"),
        Needs = JsonEncodedText.Encode("needs"), Events = JsonEncodedText.Encode("events"), At = JsonEncodedText.Encode("at"), Text = JsonEncodedText.Encode("text");
}
