using CsCheck;
using Interop.Core.Places;

namespace Interop.Core.Tests.Places;

/// <summary>The National Grid against what Ordnance Survey publishes.</summary>
public sealed class NationalGridTests
{
    const double Degree = Math.PI / 180;

    // "A guide to coordinate systems in Great Britain", annexe C: 52°39'27.2531"N 1°43'4.5177"E on Airy 1830.
    static readonly double WorkedLatitude = (52 + (39 / 60d) + (27.2531 / 3_600)) * Degree;
    static readonly double WorkedLongitude = (1 + (43 / 60d) + (4.5177 / 3_600)) * Degree;

    [Fact]
    public void The_projection_is_that_of_the_published_example()
    {
        var point = NationalGrid.Project(WorkedLatitude, WorkedLongitude);
        Assert.Equal(651_409.903, point.Easting, 0.001);
        Assert.Equal(313_177.270, point.Northing, 0.001);
    }

    [Fact]
    public void The_projection_comes_back_as_in_the_published_example()
    {
        var (latitude, longitude) = NationalGrid.Unproject(new GridPoint(651_409.903, 313_177.270));
        const double TenThousandthOfASecond = Degree / 3_600 / 10_000;
        Assert.Equal(WorkedLatitude, latitude, TenThousandthOfASecond);
        Assert.Equal(WorkedLongitude, longitude, TenThousandthOfASecond);
    }

    // The guide's worked example of the Helmert transformation.
    [Fact]
    public void The_datum_moves_as_in_the_published_example()
    {
        var moved = Helmert.Wgs84ToOsgb36(new Vector(3_790_644.900, -110_149.210, 5_111_482.970));
        Assert.Equal(3_790_269.549, moved.X, 0.001);
        Assert.Equal(-110_038.064, moved.Y, 0.001);
        Assert.Equal(5_111_050.261, moved.Z, 0.001);
    }

    // Ordnance Survey's test points of OSTN15, from Scilly to Shetland (Contains OS data © Crown copyright and database rights 2016).
    [Theory]
    [InlineData(49.92226393730, -6.29977752014, 91_492.146, 11_318.804)]
    [InlineData(49.96006137820, -5.20304609998, 170_370.718, 11_572.405)]
    [InlineData(50.43885825610, -4.10864563561, 250_359.811, 62_016.569)]
    [InlineData(50.57563665000, -1.29782277240, 449_816.371, 75_335.861)]
    [InlineData(50.93127937910, -1.45051433700, 438_710.920, 114_792.250)]
    [InlineData(51.40078220140, -3.55128349240, 292_184.870, 168_003.465)]
    [InlineData(51.37447025550, 1.44454730409, 639_821.835, 169_565.858)]
    [InlineData(51.42754743020, -2.54407618349, 362_269.991, 169_978.690)]
    [InlineData(51.48936564950, -0.11992557180, 530_624.974, 178_388.464)]
    [InlineData(51.85890896400, -4.30852476960, 241_124.584, 220_332.641)]
    [InlineData(51.89436637350, 0.89724327012, 599_445.590, 225_722.826)]
    [InlineData(52.25529381630, -2.15458614387, 389_544.190, 261_912.153)]
    [InlineData(53.80021519630, -1.66379168242, 422_242.186, 433_818.701)]
    [InlineData(57.48625000720, -4.21926398555, 267_056.768, 846_176.972)]
    [InlineData(60.13308091660, -2.07382822798, 395_999.668, 1_138_728.951)]
    public void A_place_is_no_further_off_than_stated(double latitude, double longitude, double easting, double northing)
    {
        var point = NationalGrid.FromWgs84(new GeoPoint(latitude, longitude))!.Value;
        var metres = Math.Sqrt(Math.Pow(point.Easting - easting, 2) + Math.Pow(point.Northing - northing, 2));
        Assert.True(metres < NationalGrid.ErrorInMetres, $"{metres} m");
    }

    [Fact]
    public void Whole_metres_come_back_whole() => Gen.Select(Gen.Int[0, 699_999], Gen.Int[0, 1_299_999]).Hold((easting, northing) =>
    {
        var place = NationalGrid.ToWgs84(new GridPoint(easting, northing))!.Value;
        var seven = new GeoPoint(Math.Round(place.Latitude, 7), Math.Round(place.Longitude, 7));
        var back = NationalGrid.FromWgs84(seven)!.Value;
        Assert.Equal((easting, northing), ((int)Math.Round(back.Easting), (int)Math.Round(back.Northing)));
        Assert.True(Math.Abs(back.Easting - easting) < 0.1 && Math.Abs(back.Northing - northing) < 0.1, $"{back}");
    });

    [Theory]
    [InlineData("TQ 30080 80045", 530_080, 180_045, 10)]
    [InlineData("tq3008", 530_000, 108_000, 4)]
    [InlineData("TG 5140 1317", 651_400, 313_170, 8)]
    [InlineData("SV 0 0", 0, 0, 2)]
    [InlineData("HP 60 10", 460_000, 1_210_000, 4)]
    [InlineData("SU 387 148", 438_700, 114_800, 6)]
    public void A_reference_names_the_corner_of_a_square(string text, int easting, int northing, int figures)
    {
        var read = GridReference.Parse(text).Value;
        Assert.Equal((easting, northing, figures), (read.Easting, read.Northing, read.Figures));
        Assert.Equal(text.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal), GridReference.Of(easting, northing, figures).Value.ToText(blanks: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("TQ")]
    [InlineData("TQ 123 45")]
    [InlineData("TI 12 45")]
    [InlineData("TQ 123456 123456")]
    [InlineData("AA 12 45")]
    [InlineData("WA 12 45")]
    public void What_is_no_reference_is_refused(string text) => Assert.Equal("grid", Assert.Single(GridReference.Parse(text).Problems).Rule);

    [Fact]
    public void Every_square_has_its_letters() => Gen.Select(Gen.Int[0, 699_999], Gen.Int[0, 1_299_999]).Hold((easting, northing) =>
    {
        var written = GridReference.Of(easting, northing, 10).Value.ToText(blanks: true);
        var read = GridReference.Parse(written).Value;
        return (read.Easting, read.Northing) == (easting, northing);
    });

    [Theory]
    [InlineData(48.85, 2.35)]
    [InlineData(51.5, 20)]
    [InlineData(double.NaN, 0)]
    [InlineData(90, 0)]
    public void A_place_elsewhere_is_not_on_the_grid(double latitude, double longitude) => Assert.Null(NationalGrid.FromWgs84(new GeoPoint(latitude, longitude)));
}
