using Interop.Core.Mapping.Compiled;
using Interop.Core.Sources;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Interop.Core.Mapping;

/// <summary>A system's date and time, local or with offset, to the instant in UTC and back. What is written must read back as the same instant.</summary>
static class DateTimeConverter
{
    delegate Converted Reader(string text);

    public static Converter? Make(ConverterSite site)
    {
        var fields = site.Fields();
        var patternText = fields.Text("pattern");
        var zoneName = fields.Text("zone");
        var overlap = fields.OptionalOneOf("overlap", "earlier", "later");
        fields.RefuseOthers();

        var zone = zoneName is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName);
        if (zoneName is not null && zone is null)
        {
            site.Problems.Add(fields.Map["zone"]!.Place, "pattern", MappingMessages.Zone(zoneName, Spelling.Nearest(zoneName, DateTimeZoneProviders.Tzdb.Ids)), value: zoneName);
            return null;
        }

        if (patternText is null) return WithOffset(OffsetDateTimePattern.Rfc3339, "RFC 3339", zone, site) with { Recipe = new Recipe.DateTime(null, zone, site.LossIsAccepted) };
        if (patternText.Contains("o<", StringComparison.Ordinal))
            return DateConverters.Pattern(fields, "pattern", OffsetDateTimePattern.CreateWithInvariantCulture) is { } offsetPattern ? WithOffset(offsetPattern, patternText, zone, site) : null;

        var pattern = DateConverters.Pattern(fields, "pattern", LocalDateTimePattern.CreateWithInvariantCulture);
        if (zone is not null) return pattern is null ? null : Local(pattern, patternText, zone, overlap, site) with { Recipe = new Recipe.DateTime(patternText, zone, site.LossIsAccepted) };
        site.Problems.Add(site.Node.Place, "pattern", MappingMessages.ZoneMissing);
        return null;
    }

    static Converter WithOffset(IPattern<OffsetDateTime> pattern, string patternText, DateTimeZone? zone, ConverterSite site)
    {
        return Of(
            text => pattern.Parse(text) is { Success: true, Value: var value } ? InstantPattern.ExtendedIso.Format(value.ToInstant()) : Unreadable(patternText),
            instant => pattern.Format(instant.InZone(zone ?? DateTimeZone.Utc).ToOffsetDateTime()),
            site);
    }

    static Converter Local(IPattern<LocalDateTime> pattern, string patternText, DateTimeZone zone, string? overlap, ConverterSite site)
    {
        return Of(
            text => pattern.Parse(text) is { Success: true, Value: var local } ? Mapped(zone.MapLocal(local), overlap) : Unreadable(patternText),
            instant => pattern.Format(instant.InZone(zone).LocalDateTime),
            site);
    }

    static Converted Mapped(ZoneLocalMapping mapping, string? overlap) => (mapping.Count, overlap) switch
    {
        (1, _) => Written(mapping.Single()),
        (2, "earlier") => Written(mapping.First()),
        (2, "later") => Written(mapping.Last()),
        (2, _) => Converted.Refused("ambiguous", MappingMessages.Ambiguous(Written(mapping.First()), Written(mapping.Last()))),
        _ => Converted.Refused("does-not-exist", MappingMessages.DoesNotExist(mapping.Zone.Id, InstantPattern.ExtendedIso.Format(mapping.LateInterval.Start))),
    };

    static string Written(ZonedDateTime time) => InstantPattern.ExtendedIso.Format(time.ToInstant());

    static Converted Unreadable(string pattern) => Converted.Refused("date-time", MappingMessages.NotInPattern("date-time", pattern));

    static Converter Of(Reader read, Func<Instant, string> write, ConverterSite site) => Converter.OfText(
        text => read(text),
        canonical =>
        {
            if (OffsetDateTimePattern.Rfc3339.Parse(canonical) is not { Success: true, Value: var value }) return Unreadable("RFC 3339");
            var written = write(value.ToInstant());
            var back = read(written);
            return site.LossIsAccepted || (back.Rule is null && back.Value == InstantPattern.ExtendedIso.Format(value.ToInstant()))
                ? written
                : Converted.Refused("precision", MappingMessages.Precision("instant", written));
        });
}
