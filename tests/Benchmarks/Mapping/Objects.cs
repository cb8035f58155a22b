using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interop.Benchmarks.Mapping;

/// <summary>The task by System.Text.Json with source-generated classes and C# between them; checked less strictly than the others (no lengths).</summary>
static class Objects
{
    static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal) { ["REC"] = "recorded", ["UIN"] = "under-investigation", ["CHG"] = "charged", ["CLO"] = "closed" };
    static readonly Dictionary<string, string> Offences = new(StringComparer.Ordinal) { ["028/01"] = "burglary-dwelling", ["030/02"] = "burglary-other", ["034/01"] = "robbery", ["058/01"] = "criminal-damage" };
    static readonly Dictionary<string, string> EventTypes = new(StringComparer.Ordinal) { ["OIC"] = "officer-assigned", ["ARR"] = "suspect-arrested", ["BAI"] = "released-on-bail", ["FIL"] = "file-sent" };

    public static void ToCanonical(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        var occurrence = JsonSerializer.Deserialize(json, ObjectsContext.Default.Document)!.Occurrence;
        JsonSerializer.Serialize(writer, Record(occurrence), ObjectsContext.Default.CanonicalRecord);
    }

    static CanonicalRecord Record(Occurrence from) => new(
        [new CanonicalReference("occurrence", from.Number), new CanonicalReference("crime", from.CrimeRef)],
        Statuses[from.Status],
        Offences[from.OffenceCode],
        Instant(from.CommittedFrom),
        from.CommittedTo is { } to ? Instant(to) : null,
        from.Modus,
        from.Venue is { } venue ? new CanonicalLocation(venue.Address, venue.Town, venue.PostCode) : null,
        [.. from.Nominal.Select(one => new CanonicalPerson(one.Role, new CanonicalName(one.Forename, one.Surname), one.Dob is { } born ? Date(born) : null, one.Mobile is { } mobile ? "+44" + mobile[1..] : null, one.Needs))],
        [.. from.Event.Select(one => new CanonicalEvent(EventTypes[one.Type], Instant(one.At), one.Text))]);

    static string Instant(string local) =>
        London.TryToUtc(DateTime.ParseExact(local, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), out var utc)
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : throw new FormatException(local);

    static string Date(string text) => DateOnly.ParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

sealed record Document(Occurrence Occurrence);

sealed record Occurrence(string Number, string CrimeRef, string Status, string OffenceCode, string CommittedFrom, string? CommittedTo, string? Modus, Venue? Venue, Nominal[] Nominal, OccurrenceEvent[] Event);

sealed record Venue(string[]? Address, string Town, string? PostCode);

sealed record Nominal(string Role, string[] Forename, string Surname, string? Dob, string? Mobile, string? Needs);

sealed record OccurrenceEvent(string Type, string At, string? Text);

sealed record CanonicalRecord(
    CanonicalReference[] References, string Status, string Offence, string OccurredFrom, string? OccurredTo, string? Summary, CanonicalLocation? Location, CanonicalPerson[] Persons, CanonicalEvent[] Events);

sealed record CanonicalReference(string Kind, string Value);

sealed record CanonicalLocation(string[]? Lines, string Town, string? Postcode);

sealed record CanonicalPerson(string Role, CanonicalName Name, string? DateOfBirth, string? Sms, string? Needs);

sealed record CanonicalName(string[] Given, string Family);

sealed record CanonicalEvent(string Kind, string At, string? Text);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(CanonicalRecord))]
sealed partial class ObjectsContext : JsonSerializerContext;
