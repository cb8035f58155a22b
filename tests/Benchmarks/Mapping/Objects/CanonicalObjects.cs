namespace Interop.Benchmarks.Mapping.Objects;

sealed class CanonicalRecord
{
    public required CanonicalReference[] References { get; init; }

    public required string Status { get; init; }

    public required string Offence { get; init; }

    public required DateTime OccurredFrom { get; init; }

    public DateTime? OccurredTo { get; init; }

    public string? Summary { get; init; }

    public CanonicalLocation? Location { get; init; }

    public required CanonicalPerson[] Persons { get; init; }

    public required CanonicalEvent[] Events { get; init; }
}

sealed class CanonicalReference
{
    public required string Kind { get; init; }

    public required string Value { get; init; }
}

sealed class CanonicalLocation
{
    public List<string>? Lines { get; init; }

    public required string Town { get; init; }

    public string? Postcode { get; init; }
}

sealed class CanonicalPerson
{
    public required string Role { get; init; }

    public required CanonicalName Name { get; init; }

    public DateOnly? DateOfBirth { get; init; }

    public string? Sms { get; init; }

    public string? Needs { get; init; }
}

sealed class CanonicalName
{
    public required List<string> Given { get; init; }

    public required string Family { get; init; }
}

sealed class CanonicalEvent
{
    public required string Kind { get; init; }

    public required DateTime At { get; init; }

    public string? Text { get; init; }
}
