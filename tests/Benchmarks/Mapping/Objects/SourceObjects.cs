using System.Text.Json.Serialization;

namespace Interop.Benchmarks.Mapping.Objects;

sealed class Document
{
    public required Occurrence Occurrence { get; set; }
}

sealed class Occurrence
{
    public required string Number { get; set; }

    public required string CrimeRef { get; set; }

    [JsonConverter(typeof(StatusCode))]
    public required string Status { get; set; }

    [JsonConverter(typeof(OffenceCode))]
    public required string OffenceCode { get; set; }

    [JsonConverter(typeof(LondonTime))]
    public required DateTime CommittedFrom { get; set; }

    [JsonConverter(typeof(LondonTime))]
    public DateTime? CommittedTo { get; set; }

    public string? Modus { get; set; }

    public Venue? Venue { get; set; }

    public required List<Nominal> Nominal { get; set; }

    public required List<OccurrenceEvent> Event { get; set; }
}

sealed class Venue
{
    public List<string>? Address { get; set; }

    public required string Town { get; set; }

    public string? PostCode { get; set; }
}

sealed class Nominal
{
    public required string Role { get; set; }

    public required List<string> Forename { get; set; }

    public required string Surname { get; set; }

    [JsonConverter(typeof(DayFirst))]
    public DateOnly? Dob { get; set; }

    public string? Mobile { get; set; }

    public string? Needs { get; set; }
}

sealed class OccurrenceEvent
{
    [JsonConverter(typeof(EventCode))]
    public required string Type { get; set; }

    [JsonConverter(typeof(LondonTime))]
    public required DateTime At { get; set; }

    public string? Text { get; set; }
}
