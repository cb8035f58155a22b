namespace Interop.Core.Places;

/// <summary>The seven-parameter transformation between WGS 84 and OSGB36 that Ordnance Survey publishes ("A guide to coordinate systems in Great Britain").</summary>
/// <remarks>It is good to about 5 m: only the grid of shifts OSTN15, which is not shipped here, is better. The way back has all signs turned, as the guide says, which is exact to some millimetres.</remarks>
static class Helmert
{
    const double SecondsToRadians = Math.PI / 180 / 3_600;
    static readonly Vector Shift = new(-446.448, 125.157, -542.060);
    static readonly Vector Turn = new(-0.1502 * SecondsToRadians, -0.2470 * SecondsToRadians, -0.8421 * SecondsToRadians);
    const double Scale = 20.4894e-6;

    public static Vector Wgs84ToOsgb36(Vector point) => Move(point, 1);

    public static Vector Osgb36ToWgs84(Vector point) => Move(point, -1);

    static Vector Move(Vector point, int sign)
    {
        var (scale, turn) = (1 + (sign * Scale), new Vector(sign * Turn.X, sign * Turn.Y, sign * Turn.Z));
        return new Vector(
            (sign * Shift.X) + (scale * point.X) - (turn.Z * point.Y) + (turn.Y * point.Z),
            (sign * Shift.Y) + (turn.Z * point.X) + (scale * point.Y) - (turn.X * point.Z),
            (sign * Shift.Z) - (turn.Y * point.X) + (turn.X * point.Y) + (scale * point.Z));
    }
}
