using CsCheck;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Tests.Geometry;

/// <summary>Generated grids of any orientation, spacing and handedness.</summary>
internal static class Grids
{
    public static readonly Gen<PatientPoint> AnyPoint =
        Gen.Select(Gen.Double[-300, 300], Gen.Double[-300, 300], Gen.Double[-900, 900], (x, y, z) => new PatientPoint(x, y, z));

    private static readonly Gen<(PatientVector I, PatientVector J)> AnyDirections =
        Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1])
            .Where((a, b, c, d) => a * a + b * b + c * c + d * d is > 0.1 and < 1)
            .Select((a, b, c, d) =>
            {
                double n = Math.Sqrt(a * a + b * b + c * c + d * d);
                (a, b, c, d) = (a / n, b / n, c / n, d / n);
                return (
                    new PatientVector(1 - 2 * (c * c + d * d), 2 * (b * c + a * d), 2 * (b * d - a * c)),
                    new PatientVector(2 * (b * c - a * d), 1 - 2 * (b * b + d * d), 2 * (c * d + a * b)));
            });

    public static Gen<VolumeGeometry> Any(int maximumSize = 12) => Gen.Select(
        Gen.Int[1, maximumSize], Gen.Int[1, maximumSize], Gen.Int[1, maximumSize], AnyPoint, AnyDirections,
        Gen.Select(Gen.Double[0.2, 4], Gen.Double[0.2, 4], Gen.Double[0.2, 8], Gen.Bool),
        (columns, rows, slices, origin, directions, s) => new VolumeGeometry
        {
            Columns = columns,
            Rows = rows,
            Slices = slices,
            Origin = origin,
            DirectionI = directions.I,
            DirectionJ = directions.J,
            DirectionK = directions.I.Cross(directions.J) * (s.Item4 ? -1 : 1),
            SpacingI = s.Item1,
            SpacingJ = s.Item2,
            SpacingK = s.Item3,
        });
}
