using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using NodaTime;
using NodaTime.Text;

namespace Interop.Core.Mapping.Checking;

/// <summary>Times at which the clocks of a field's own zone change, by the rules of the time zone database.</summary>
static class ClockSamples
{
    const int MaxIntervals = 12;
    const string London = "Europe/London";

    // The changes that are nearest to it are taken.
    static readonly Instant Fixed = Instant.FromUtc(2026, 7, 1, 0, 0);

    // What changed before nobody sends.
    static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>Instants of an ordinary day, and both of the hour that came twice.</summary>
    public static ImmutableArray<JsonValue> Instants(ConverterSyntax converter)
    {
        var zone = ZoneOf(converter) ?? DateTimeZoneProviders.Tzdb[London];
        var instants = ImmutableArray.Create<JsonValue>("2026-03-31T09:00:00Z");
        return Nearest(zone, back: true) is not var (at, half) ? instants : [.. instants, InstantPattern.ExtendedIso.Format(at - half), InstantPattern.ExtendedIso.Format(at + half)];
    }

    /// <summary>A local time that did not come, as the field's pattern writes it; none if it reads an offset.</summary>
    public static IEnumerable<JsonValue> Missed(ConverterSyntax? converter)
    {
        if (converter is not { Name: "date-time" } || ZoneOf(converter) is not { } zone || TextOf(converter, "pattern") is not { } text || text.Contains("o<", StringComparison.Ordinal)) yield break;
        var pattern = LocalDateTimePattern.CreateWithInvariantCulture(text);
        if (Nearest(zone, back: false) is var (at, half)) yield return pattern.Format((at - Duration.Epsilon).InZone(zone).LocalDateTime.PlusNanoseconds(1).Plus(Period.FromNanoseconds((long)half.TotalNanoseconds)));
    }

    static DateTimeZone? ZoneOf(ConverterSyntax converter) => TextOf(converter, "zone") is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;

    static string? TextOf(ConverterSyntax converter, string name) => ((converter.Node as SourceMap)?[name] as SourceScalar)?.Text;

    // The change of the clocks, back or on, that is nearest, and half of what it changes by.
    static (Instant At, Duration Half)? Nearest(DateTimeZone zone, bool back) =>
        Changes(zone).Where(change => change.By < Offset.Zero == back && change.By != Offset.Zero).OrderBy(change => change.At < Fixed ? Fixed - change.At : change.At - Fixed)
            .Select(change => ((Instant, Duration)?)(change.At, Duration.FromSeconds(Math.Abs(change.By.Seconds) / 2))).FirstOrDefault();

    static IEnumerable<(Instant At, Offset By)> Changes(DateTimeZone zone)
    {
        var (here, earlier) = (zone.GetZoneInterval(Fixed), zone.GetZoneInterval(Fixed));
        for (var step = 0; step < MaxIntervals && here.HasEnd && here.End < Instant.FromUtc(9000, 1, 1, 0, 0); step++)
        {
            var next = zone.GetZoneInterval(here.End);
            yield return (here.End, next.WallOffset - here.WallOffset);
            here = next;
        }

        for (var step = 0; step < MaxIntervals && earlier.HasStart && earlier.Start > Earliest; step++)
        {
            var before = zone.GetZoneInterval(earlier.Start - Duration.Epsilon);
            yield return (earlier.Start, earlier.WallOffset - before.WallOffset);
            earlier = before;
        }
    }
}
