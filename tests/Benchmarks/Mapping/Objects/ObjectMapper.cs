using System.Text.Json;
using System.Text.RegularExpressions;

namespace Interop.Benchmarks.Mapping.Objects;

/// <summary>The task by System.Text.Json with source-generated classes, converters that read bytes, and C# between the two; checked as the definition's schemas say.</summary>
static partial class ObjectMapper
{
    public static void ToCanonical(ReadOnlySpan<byte> json, Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, Record(JsonSerializer.Deserialize(json, SourceContext.Default.Document)!.Occurrence), CanonicalContext.Default.CanonicalRecord);

    static CanonicalRecord Record(Occurrence from) => new()
    {
        References = [new CanonicalReference { Kind = "occurrence", Value = Text(from.Number, 100) }, new CanonicalReference { Kind = "crime", Value = Text(from.CrimeRef, 100) }],
        Status = from.Status,
        Offence = from.OffenceCode,
        OccurredFrom = from.CommittedFrom,
        OccurredTo = from.CommittedTo,
        Summary = Optional(from.Modus, 4000),
        Location = from.Venue is { } venue ? Location(venue) : null,
        Persons = Each(from.Nominal, 50, Person),
        Events = Each(from.Event, 100, one => new CanonicalEvent { Kind = one.Type, At = one.At, Text = Optional(one.Text, 500) }),
    };

    static CanonicalLocation Location(Venue venue) => new()
    {
        Lines = venue.Address is { } lines ? Texts(lines, 0, 6, 100) : null,
        Town = Text(venue.Town, 100),
        Postcode = venue.PostCode is not { } postcode || Postcode().IsMatch(postcode) ? venue.PostCode : throw new JsonException("No postcode."),
    };

    static CanonicalPerson Person(Nominal one) => new()
    {
        Role = one.Role is "victim" or "witness" or "suspect" ? one.Role : throw new JsonException("Unknown role."),
        Name = new CanonicalName { Given = Texts(one.Forename, 1, 10, 35), Family = Text(one.Surname, 35) },
        DateOfBirth = one.Dob,
        Sms = one.Mobile is not { } mobile ? null : Mobile().IsMatch(mobile) ? $"+44{mobile.AsSpan(1)}" : throw new JsonException("No telephone number."),
        Needs = Optional(one.Needs, 500),
    };

    static TTo[] Each<TFrom, TTo>(List<TFrom> items, int most, Func<TFrom, TTo> map)
    {
        if (items.Count == 0 || items.Count > most) throw new JsonException("Too many or too few.");
        var made = new TTo[items.Count];
        for (var at = 0; at < made.Length; at++) made[at] = map(items[at]);
        return made;
    }

    static List<string> Texts(List<string> texts, int least, int most, int mostCharacters)
    {
        if (texts.Count < least || texts.Count > most) throw new JsonException("Too many or too few.");
        foreach (var text in texts) Text(text, mostCharacters);
        return texts;
    }

    static string? Optional(string? text, int most) => text is null ? null : Text(text, most);

    static string Text(string text, int most) =>
        text.Length > 0 && (text.Length <= most || text.EnumerateRunes().Count() <= most) ? text : throw new JsonException("Too long or empty.");

    [GeneratedRegex("^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    [GeneratedRegex("^0[1235789][0-9]{9}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();
}
