using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A measure in the system's unit to the canonical unit and back, calculated in decimal text. What would not come back the same is refused, unless a loss is stated.</summary>
static class UnitConverter
{
    const JsonTypes Types = JsonTypes.String | JsonTypes.Integer | JsonTypes.Number;
    const int MaxDecimals = 20;

    public static Converter? Make(ConverterSite site)
    {
        var fields = site.Fields();
        var (source, canonical) = (Unit(fields, "source"), Unit(fields, "canonical"));
        var decimals = fields.Fields("decimals");
        var (sourceDecimals, canonicalDecimals) = (Decimals(decimals, "source"), Decimals(decimals, "canonical"));
        decimals?.RefuseOthers();
        var rounding = RoundingOf(fields);
        fields.RefuseOthers();
        if (source is null || canonical is null) return null;
        if (source.Kind != canonical.Kind)
        {
            site.Problems.Add(site.Node.Place, "unit", MappingMessages.UnitKinds(source, canonical));
            return null;
        }

        var (to, from) = (new Measure(canonical, canonicalDecimals, rounding), new Measure(source, sourceDecimals, rounding));
        return new Converter(Types, Types, Convert(from, to, site.Canonical, site.LossIsAccepted), Convert(to, from, site.Source, site.LossIsAccepted));
    }

    public static Rounding RoundingOf(SourceFields fields) => fields.OptionalOneOf("rounding", "half-up", "half-even", "down") switch
    {
        "half-even" => Rounding.HalfEven,
        "down" => Rounding.Down,
        _ => Rounding.HalfUp,
    };

    static Unit? Unit(SourceFields fields, string name)
    {
        var text = fields.RequiredText(name);
        if (text.Length == 0 || Mapping.Unit.All.TryGetValue(text, out var unit)) return text.Length == 0 ? null : Mapping.Unit.All[text];
        fields.Problems.Add(fields.Map[name]!.Place, "unit", MappingMessages.UnknownUnit(text, Mapping.Unit.All.Keys), value: text);
        return null;
    }

    static int? Decimals(SourceFields? fields, string name) => fields?.Optional(name) is null ? null : fields.Whole(name, 0, 0, MaxDecimals);

    static Func<JsonValue, Converted> Convert(Measure from, Measure to, JsonTypes wanted, bool lossIsAccepted) => value =>
    {
        var text = Typed.TextOf(value);
        if (text is null || Fraction.Parse(text) is not { } number) return Converted.Refused("number", MappingMessages.NotNumber);
        if (to.Text(from.Unit.ToBase(number)) is not { } written) return Converted.Refused("precision", MappingMessages.UnitWithoutEnd(to.Unit));
        var back = from.Text(to.Unit.ToBase(Fraction.Of(written)));
        if (Fraction.Parse(written) is null || (back is not null && Fraction.Parse(back) is null)) return Converted.Refused("number", MappingMessages.NumberTooLong);
        if (!lossIsAccepted && (back is null || !Fraction.Of(back).IsSameAs(number))) return Converted.Refused("precision", MappingMessages.Precision("number", written));
        return NumberConverter.Written(written, wanted);
    };

    sealed record Measure(Unit Unit, int? Decimals, Rounding Rounding)
    {
        /// <summary>The measure in this unit: rounded if decimals are stated, else exactly; null if it has no end.</summary>
        public string? Text(Fraction inBase) => Decimals is { } decimals ? Fraction.Of(Unit.FromBase(inBase).ToText(decimals, Rounding)).ToExactText() : Unit.FromBase(inBase).ToExactText();
    }
}
