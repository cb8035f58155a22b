namespace Interop.Core.Mapping;

/// <summary>What is measured.</summary>
enum UnitKind
{
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Duration,
    Temperature,
}

/// <summary>A unit by what it is of its kind's base unit; every factor is exact by definition.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Factor">How many base units one is.</param>
/// <param name="Zero">Where its zero is, in base units.</param>
sealed record Unit(string Name, UnitKind Kind, Fraction Factor, Fraction Zero)
{
    // Metre, square metre, litre, kilogram, metre a second, second, degree Celsius. Yard and pound by the international agreement of 1959, the imperial gallon by its UK definition.
    public static IReadOnlyDictionary<string, Unit> All { get; } = new[]
    {
        Of("mm", UnitKind.Length, "0.001"), Of("cm", UnitKind.Length, "0.01"), Of("m", UnitKind.Length, "1"), Of("km", UnitKind.Length, "1000"),
        Of("in", UnitKind.Length, "0.0254"), Of("ft", UnitKind.Length, "0.3048"), Of("yd", UnitKind.Length, "0.9144"), Of("mi", UnitKind.Length, "1609.344"), Of("nmi", UnitKind.Length, "1852"),
        Of("m2", UnitKind.Area, "1"), Of("ha", UnitKind.Area, "10000"), Of("km2", UnitKind.Area, "1000000"), Of("ft2", UnitKind.Area, "0.09290304"), Of("acre", UnitKind.Area, "4046.8564224"),
        Of("ml", UnitKind.Volume, "0.001"), Of("l", UnitKind.Volume, "1"), Of("m3", UnitKind.Volume, "1000"), Of("pt", UnitKind.Volume, "0.56826125"), Of("gal", UnitKind.Volume, "4.54609"),
        Of("mg", UnitKind.Mass, "0.000001"), Of("g", UnitKind.Mass, "0.001"), Of("kg", UnitKind.Mass, "1"), Of("t", UnitKind.Mass, "1000"),
        Of("oz", UnitKind.Mass, "0.028349523125"), Of("lb", UnitKind.Mass, "0.45359237"), Of("st", UnitKind.Mass, "6.35029318"),
        Of("m/s", UnitKind.Speed, "1"), Of("km/h", UnitKind.Speed, "1000", "3600"), Of("mph", UnitKind.Speed, "0.44704"), Of("kn", UnitKind.Speed, "1852", "3600"),
        Of("ms", UnitKind.Duration, "0.001"), Of("s", UnitKind.Duration, "1"), Of("min", UnitKind.Duration, "60"), Of("h", UnitKind.Duration, "3600"), Of("d", UnitKind.Duration, "86400"),
        Of("C", UnitKind.Temperature, "1"), new Unit("K", UnitKind.Temperature, Fraction.Of("1"), Fraction.Of("-273.15")),
        new Unit("F", UnitKind.Temperature, Fraction.Of("5") / Fraction.Of("9"), Fraction.Of("-160") / Fraction.Of("9")),
    }.ToDictionary(unit => unit.Name, StringComparer.Ordinal);

    public Fraction ToBase(Fraction measure) => (measure * Factor) + Zero;

    public Fraction FromBase(Fraction inBase) => (inBase - Zero) / Factor;

    static Unit Of(string name, UnitKind kind, string factor, string divisor = "1") => new(name, kind, Fraction.Of(factor) / Fraction.Of(divisor), Fraction.Of("0"));
}
