using System.Collections.Immutable;
using Interop.Core.Json;
using NodaTime;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What a converter does, as facts and not as code: the compiled form is made from these. A converter that states none is run as it is, over values.</summary>
abstract record Recipe
{
    Recipe()
    {
    }

    /// <summary>The value stays as it is.</summary>
    public sealed record Exact : Recipe;

    /// <summary>A table in each direction; the keys are texts, or literals of numbers and booleans.</summary>
    public sealed record Codes(IReadOnlyDictionary<string, JsonValue> In, IReadOnlyDictionary<string, JsonValue> Out) : Recipe;

    /// <summary>The spellings of true and false on the source side; the first of each is written.</summary>
    public sealed record Boolean(ImmutableArray<JsonValue> True, ImmutableArray<JsonValue> False) : Recipe;

    /// <summary>A date by a NodaTime pattern on the source side.</summary>
    public sealed record Date(string Pattern, bool LossIsAccepted) : Recipe;

    /// <summary>A date and time on the source side: local in the zone by a pattern without offset; else with offset, null being RFC 3339.</summary>
    public sealed record DateTime(string? Pattern, DateTimeZone? Zone, bool LossIsAccepted) : Recipe;

    /// <summary>A number, or a text of its digits; which of the two each side takes.</summary>
    public sealed record Number(bool SourceIsText, bool CanonicalIsText) : Recipe;

    public sealed record Postcode : Recipe;

    public sealed record Telephone(bool National) : Recipe;
}
