using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Places;

/// <summary>A reference by the letters of a square of 100 km, such as <c>TQ 30080 80045</c>: its figures name a square of 1 m to 10 km by the corner in the south-west.</summary>
public readonly partial record struct GridReference
{
    const int Square = 100_000;
    const string Letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

    GridReference(string square, int easting, int northing, int figures) => (this.square, Easting, Northing, Figures) = (square, easting, northing, figures);

    readonly string? square;

    /// <summary>Whole metres east of the grid's origin.</summary>
    public int Easting { get; }

    /// <summary>Whole metres north of the grid's origin.</summary>
    public int Northing { get; }

    /// <summary>How many figures it has: 2 name a square of 10 km, 10 of 1 m.</summary>
    public int Figures { get; }

    /// <summary>In any case and with any blanks. The problem is <c>grid</c>.</summary>
    public static Outcome<GridReference> Parse(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (!Form().IsMatch(plain) || plain.Length % 2 != 0) return PlaceMessages.GridReference(text);
        var (e, n) = Corner(plain[..2]);
        if (e is < 0 or >= NationalGrid.MaxEasting / Square || n is < 0 or >= NationalGrid.MaxNorthing / Square) return PlaceMessages.OffGrid(text);
        var each = (plain.Length - 2) / 2;
        var step = (int)Math.Pow(10, 5 - each);
        return new GridReference(plain[..2], (e * Square) + (Number(plain.AsSpan(2, each)) * step), (n * Square) + (Number(plain.AsSpan(2 + each)) * step), 2 * each);
    }

    /// <summary>The square of that size in which a point is. The problem is <c>grid</c>.</summary>
    /// <param name="easting">Whole metres.</param>
    /// <param name="northing">Whole metres.</param>
    /// <param name="figures">2, 4, 6, 8 or 10.</param>
    public static Outcome<GridReference> Of(int easting, int northing, int figures)
    {
        if (easting is < 0 or >= NationalGrid.MaxEasting || northing is < 0 or >= NationalGrid.MaxNorthing)
            return PlaceMessages.OffGrid(string.Create(CultureInfo.InvariantCulture, $"{easting} {northing}"));
        var (e, n) = (easting / Square, northing / Square);

        // Two steps of five: squares of 500 km, of which S holds the origin, and in each squares of 100 km, lettered from the north-west.
        var first = Letters[((3 - (n / 5)) * 5) + 2 + (e / 5)];
        var second = Letters[((4 - (n % 5)) * 5) + (e % 5)];
        var step = (int)Math.Pow(10, 5 - (figures / 2));
        return new GridReference($"{first}{second}", easting / step * step, northing / step * step, figures);
    }

    /// <summary>Such as <c>TQ 30080 80045</c>; <c>default</c> has none and throws.</summary>
    /// <param name="blanks">Whether blanks stand between the parts.</param>
    public string ToText(bool blanks)
    {
        var each = Figures / 2;
        var step = (int)Math.Pow(10, 5 - each);
        var between = blanks ? " " : "";
        var name = square ?? throw new InvalidOperationException("The default GridReference names nothing.");
        return $"{name}{between}{Part(Easting)}{between}{Part(Northing)}";

        string Part(int metres) => (metres % Square / step).ToString(CultureInfo.InvariantCulture).PadLeft(each, '0');
    }

    static (int E, int N) Corner(string letters)
    {
        var (first, second) = (Letters.IndexOf(letters[0], StringComparison.Ordinal), Letters.IndexOf(letters[1], StringComparison.Ordinal));
        return (((first % 5) - 2) * 5 + (second % 5), ((3 - (first / 5)) * 5) + 4 - (second / 5));
    }

    static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-HJ-Z]{2}[0-9]{2,10}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
