using System.Runtime.InteropServices;

namespace Interop.Core.Places;

/// <summary>Metres east and north of the National Grid's false origin (EPSG:27700).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GridPoint(double Easting, double Northing);

/// <summary>Degrees of WGS 84, north and east of zero.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint(double Latitude, double Longitude);

/// <summary>The British National Grid: a transverse Mercator projection of OSGB36, by the formulas of Ordnance Survey's guide (annexe C).</summary>
public static class NationalGrid
{
    /// <summary>The easternmost metre of the lettered squares that hold land.</summary>
    public const int MaxEasting = 700_000;

    /// <summary>The northernmost metre.</summary>
    public const int MaxNorthing = 1_300_000;

    /// <summary>How far a converted place may be from where Ordnance Survey's own grid of shifts puts it.</summary>
    public const double ErrorInMetres = 5;

    const double OriginEasting = 400_000;
    const double OriginNorthing = -100_000;
    const double OriginScale = 0.9996012717;
    const double Degree = Math.PI / 180;
    const double OriginLatitude = 49 * Degree;
    const double OriginLongitude = -2 * Degree;
    const double A = 6_377_563.396;
    const double B = 6_356_256.909;
    const double Ratio = (A - B) / (A + B);
    static readonly double E2 = Ellipsoid.Airy.SquaredEccentricity;

    /// <summary>Where a point of the grid is on WGS 84; null outside the grid.</summary>
    public static GeoPoint? ToWgs84(GridPoint point)
    {
        if (!IsOnGrid(point)) return null;
        var (latitude, longitude) = Unproject(point);
        var moved = Ellipsoid.Wgs84.FromCartesian(Helmert.Osgb36ToWgs84(Ellipsoid.Airy.ToCartesian(latitude, longitude)));
        return new GeoPoint(moved.Latitude / Degree, moved.Longitude / Degree);
    }

    /// <summary>Where a point of WGS 84 is on the grid; null outside the grid.</summary>
    public static GridPoint? FromWgs84(GeoPoint point)
    {
        // Far from Britain the series says nothing.
        if (point is not { Latitude: > 49 and < 62, Longitude: > -10 and < 4 }) return null;
        var (latitude, longitude) = Ellipsoid.Airy.FromCartesian(Helmert.Wgs84ToOsgb36(Ellipsoid.Wgs84.ToCartesian(point.Latitude * Degree, point.Longitude * Degree)));
        var projected = Project(latitude, longitude);
        return IsOnGrid(projected) ? projected : null;
    }

    // What is a whole metre at the edge may be calculated a little outside.
    static bool IsOnGrid(GridPoint point) => point is { Easting: >= -0.5 and <= MaxEasting + 0.5, Northing: >= -0.5 and <= MaxNorthing + 0.5 };

    /// <summary>From OSGB36 in radians.</summary>
    internal static GridPoint Project(double latitude, double longitude)
    {
        var (sin, cos, tan2) = (Math.Sin(latitude), Math.Cos(latitude), Math.Pow(Math.Tan(latitude), 2));
        var (nu, rho, eta2) = Radii(sin);
        var i = Meridian(latitude) + OriginNorthing;
        var ii = nu / 2 * sin * cos;
        var iii = nu / 24 * sin * Math.Pow(cos, 3) * (5 - tan2 + (9 * eta2));
        var iiia = nu / 720 * sin * Math.Pow(cos, 5) * (61 - (58 * tan2) + (tan2 * tan2));
        var iv = nu * cos;
        var v = nu / 6 * Math.Pow(cos, 3) * ((nu / rho) - tan2);
        var vi = nu / 120 * Math.Pow(cos, 5) * (5 - (18 * tan2) + (tan2 * tan2) + (14 * eta2) - (58 * tan2 * eta2));
        var l = longitude - OriginLongitude;
        return new GridPoint(
            OriginEasting + (iv * l) + (v * Math.Pow(l, 3)) + (vi * Math.Pow(l, 5)),
            i + (ii * l * l) + (iii * Math.Pow(l, 4)) + (iiia * Math.Pow(l, 6)));
    }

    /// <summary>To OSGB36 in radians.</summary>
    internal static (double Latitude, double Longitude) Unproject(GridPoint point)
    {
        var latitude = FootLatitude(point.Northing);
        var (tan, sec) = (Math.Tan(latitude), 1 / Math.Cos(latitude));
        var tan2 = tan * tan;
        var (nu, rho, eta2) = Radii(Math.Sin(latitude));
        var vii = tan / (2 * rho * nu);
        var viii = tan / (24 * rho * Math.Pow(nu, 3)) * (5 + (3 * tan2) + eta2 - (9 * tan2 * eta2));
        var ix = tan / (720 * rho * Math.Pow(nu, 5)) * (61 + (90 * tan2) + (45 * tan2 * tan2));
        var x = sec / nu;
        var xi = sec / (6 * Math.Pow(nu, 3)) * ((nu / rho) + (2 * tan2));
        var xii = sec / (120 * Math.Pow(nu, 5)) * (5 + (28 * tan2) + (24 * tan2 * tan2));
        var xiia = sec / (5_040 * Math.Pow(nu, 7)) * (61 + (662 * tan2) + (1_320 * tan2 * tan2) + (720 * tan2 * tan2 * tan2));
        var e = point.Easting - OriginEasting;
        return (
            latitude - (vii * e * e) + (viii * Math.Pow(e, 4)) - (ix * Math.Pow(e, 6)),
            OriginLongitude + (x * e) - (xi * Math.Pow(e, 3)) + (xii * Math.Pow(e, 5)) - (xiia * Math.Pow(e, 7)));
    }

    static double FootLatitude(double northing)
    {
        const int MostRounds = 20;
        const double HundredthOfMillimetre = 0.00001;
        var latitude = ((northing - OriginNorthing) / (A * OriginScale)) + OriginLatitude;
        for (var round = 0; round < MostRounds; round++)
        {
            var left = northing - OriginNorthing - Meridian(latitude);
            if (Math.Abs(left) < HundredthOfMillimetre) break;
            latitude += left / (A * OriginScale);
        }

        return latitude;
    }

    static (double Nu, double Rho, double Eta2) Radii(double sin)
    {
        var root = 1 - (E2 * sin * sin);
        var (nu, rho) = (A * OriginScale / Math.Sqrt(root), A * OriginScale * (1 - E2) * Math.Pow(root, -1.5));
        return (nu, rho, (nu / rho) - 1);
    }

    // The length of the meridian from the true origin (C3).
    static double Meridian(double latitude)
    {
        var (less, more) = (latitude - OriginLatitude, latitude + OriginLatitude);
        const double N2 = Ratio * Ratio;
        const double N3 = N2 * Ratio;
        return B * OriginScale * (
            ((1 + Ratio + (5d / 4 * N2) + (5d / 4 * N3)) * less)
            - (((3 * Ratio) + (3 * N2) + (21d / 8 * N3)) * Math.Sin(less) * Math.Cos(more))
            + (((15d / 8 * N2) + (15d / 8 * N3)) * Math.Sin(2 * less) * Math.Cos(2 * more))
            - (35d / 24 * N3 * Math.Sin(3 * less) * Math.Cos(3 * more)));
    }
}
