using System.Runtime.InteropServices;

namespace Interop.Core.Places;

/// <summary>An ellipsoid by its half axes in metres, as Ordnance Survey's guide gives them (annexe A).</summary>
sealed record Ellipsoid(double A, double B)
{
    /// <summary>Airy 1830, of the National Grid (OSGB36).</summary>
    public static Ellipsoid Airy { get; } = new(6_377_563.396, 6_356_256.909);

    /// <summary>Of WGS 84.</summary>
    public static Ellipsoid Wgs84 { get; } = new(6_378_137.000, 6_356_752.3142);

    public double SquaredEccentricity => ((A * A) - (B * B)) / (A * A);

    /// <summary>The point at sea level in metres from the earth's centre (annexe B).</summary>
    public Vector ToCartesian(double latitude, double longitude)
    {
        var across = A / Math.Sqrt(1 - (SquaredEccentricity * Math.Pow(Math.Sin(latitude), 2)));
        return new Vector(
            across * Math.Cos(latitude) * Math.Cos(longitude), across * Math.Cos(latitude) * Math.Sin(longitude), (1 - SquaredEccentricity) * across * Math.Sin(latitude));
    }

    /// <summary>The latitude and longitude of a point, in radians; its height is not asked for (annexe B).</summary>
    public (double Latitude, double Longitude) FromCartesian(Vector point)
    {
        const int Rounds = 12;
        var axis = Math.Sqrt((point.X * point.X) + (point.Y * point.Y));
        var latitude = Math.Atan2(point.Z, axis * (1 - SquaredEccentricity));
        for (var round = 0; round < Rounds; round++)
        {
            var across = A / Math.Sqrt(1 - (SquaredEccentricity * Math.Pow(Math.Sin(latitude), 2)));
            latitude = Math.Atan2(point.Z + (SquaredEccentricity * across * Math.Sin(latitude)), axis);
        }

        return (latitude, Math.Atan2(point.Y, point.X));
    }
}

/// <summary>A point in metres from the earth's centre.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Vector(double X, double Y, double Z);
