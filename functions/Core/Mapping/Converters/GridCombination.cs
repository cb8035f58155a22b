using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Places;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A place on the British National Grid (metres, or a reference with letters) and by latitude and longitude. Metres are whole; degrees have a stated number of decimals.</summary>
static class GridCombination
{
    const int SevenDecimals = 7;
    static readonly string[] Metres = ["easting", "northing"];
    static readonly string[] Degrees = ["latitude", "longitude"];

    delegate Outcome<GridPoint> Reader(ImmutableArray<JsonValue> values);

    delegate Outcome<ImmutableArray<JsonValue>> Writer(GridPoint point);

    public static Combination? Make(CombinationSite site)
    {
        var fields = SourceFields.Of(site.Node is SourceScalar { Value.IsNull: true } ? new SourceMap(site.Node.Place, []) : site.Node, site.Problems);
        var decimals = fields.Whole("decimals", SevenDecimals, 5, 12);
        var figures = fields.Whole("figures", 10, 2, 10);
        var blanks = fields.Flag("blanks", otherwise: true);
        fields.RefuseOthers();
        if (figures % 2 != 0) site.Problems.Add(site.Node.Place, "grid", MappingMessages.GridFigures);
        var (source, canonical) = (Form(site.Source, decimals, figures, blanks), Form(site.Canonical, decimals, figures, blanks));
        if (source is null || canonical is null || figures % 2 != 0)
        {
            if (figures % 2 == 0) site.Problems.Add(site.Node.Place, "grid", MappingMessages.GridSides);
            return null;
        }

        return new Combination(Convert(source, canonical, mustComeBack: false), Convert(canonical, source, mustComeBack: !site.LossIsAccepted));
    }

    static Func<ImmutableArray<JsonValue>, Combined> Convert(Notation from, Notation to, bool mustComeBack) => values =>
    {
        if (values.Any(value => value.IsNull)) return Combined.Refused("grid", MappingMessages.GridPartMissing, values.ToList().FindIndex(value => !value.IsNull));
        var written = from.Read(values).Then(point => to.Write(point));
        if (!written.Succeeded) return Combined.Refused("grid", written.Problems[0].Message);
        if (!mustComeBack) return new Combined(written.Value);
        var back = to.Read(written.Value).Then(point => from.Write(point));
        return back.Succeeded && back.Value.SequenceEqual(values) ? new Combined(written.Value) : Combined.Refused("precision", MappingMessages.Precision("place", string.Join(" ", written.Value.Select(Typed.TextOf))));
    };

    static Notation? Form(ImmutableArray<Part> parts, int decimals, int figures, bool blanks)
    {
        if (parts is [{ Name: "" }])
            return new Notation(Reference, point => GridReference.Of(Whole(point.Easting), Whole(point.Northing), figures).Then<ImmutableArray<JsonValue>>(read => (ImmutableArray<JsonValue>)[read.ToText(blanks)]));
        var names = parts.Select(part => part.Name).ToList();
        if (names.Count != 2) return null;
        if (Metres.All(names.Contains))
            return new Notation(values => Numbers(values).Then<GridPoint>(read => new GridPoint(read[names.IndexOf("easting")], read[names.IndexOf("northing")])), point => ToMetres(point, parts));
        return Degrees.All(names.Contains)
            ? new Notation(values => Numbers(values).Then(read => FromDegrees(new GeoPoint(read[names.IndexOf("latitude")], read[names.IndexOf("longitude")]))), point => ToDegrees(point, parts, decimals))
            : null;
    }

    static Outcome<GridPoint> Reference(ImmutableArray<JsonValue> values) => values[0].StringOrNull is { } text
        ? GridReference.Parse(text).Then<GridPoint>(read => new GridPoint(read.Easting, read.Northing))
        : new Problem("grid", MappingMessages.NotText(values[0].Kind));

    static Outcome<GridPoint> FromDegrees(GeoPoint place) => NationalGrid.FromWgs84(place) is { } point ? point : new Problem("grid", MappingMessages.OffGrid);

    static Outcome<ImmutableArray<JsonValue>> ToMetres(GridPoint point, ImmutableArray<Part> parts) => (ImmutableArray<JsonValue>)
        [.. parts.Select(part => NumberConverter.Written(Whole(part.Name == "easting" ? point.Easting : point.Northing).ToString(CultureInfo.InvariantCulture), part.Types))];

    static Outcome<ImmutableArray<JsonValue>> ToDegrees(GridPoint point, ImmutableArray<Part> parts, int decimals)
    {
        if (NationalGrid.ToWgs84(point) is not { } place) return new Problem("grid", MappingMessages.OffGrid);
        return (ImmutableArray<JsonValue>)[.. parts.Select(part => NumberConverter.Written(Text(part.Name == "latitude" ? place.Latitude : place.Longitude), part.Types))];

        string Text(double degrees) => Fraction.Of(Fraction.Of(degrees.ToString("F12", CultureInfo.InvariantCulture)).ToText(decimals, Rounding.HalfUp)).ToExactText()!;
    }

    static Outcome<ImmutableArray<double>> Numbers(ImmutableArray<JsonValue> values)
    {
        var texts = values.Select(Typed.TextOf).ToList();
        return texts.TrueForAll(text => text is not null && text.Length < 40 && NumberConverter.IsNumber(text))
            ? (ImmutableArray<double>)[.. texts.Select(text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture))]
            : new Problem("grid", MappingMessages.NotNumber);
    }

    static int Whole(double metres) => (int)Math.Round(metres, MidpointRounding.AwayFromZero);

    /// <summary>A way to write a place.</summary>
    sealed record Notation(Reader Read, Writer Write);
}
