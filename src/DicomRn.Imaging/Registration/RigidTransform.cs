using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// A rotation and a translation that take a point of one frame of reference to the point of another one that shows the same anatomy,
/// both in LPS, mm: the rotation acts about the origin of the first, then the translation is added.
/// </summary>
public sealed record RigidTransform
{
    // Matrices travel as decimal strings and floats: what is a rotation within this is taken as one.
    private const double Tolerance = 2e-3;

    private RigidTransform(PatientVector rowX, PatientVector rowY, PatientVector rowZ, PatientVector translation) =>
        (RowX, RowY, RowZ, Translation) = (rowX, rowY, rowZ, translation);

    /// <summary>Every point stays where it is.</summary>
    public static RigidTransform Identity { get; } = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>First row of the rotation matrix.</summary>
    public PatientVector RowX { get; }

    /// <summary>Second row of the rotation matrix.</summary>
    public PatientVector RowY { get; }

    /// <summary>Third row of the rotation matrix.</summary>
    public PatientVector RowZ { get; }

    /// <summary>Where the origin goes, mm.</summary>
    public PatientVector Translation { get; }

    /// <summary>The angle of the rotation, degrees, 0 to 180.</summary>
    public double Angle
    {
        get
        {
            // The sine as well as the cosine: near 0° the cosine alone has lost half of the digits.
            PatientVector axis = new(RowZ.Y - RowY.Z, RowX.Z - RowZ.X, RowY.X - RowX.Y);
            return Math.Atan2(axis.Length / 2, (RowX.X + RowY.Y + RowZ.Z - 1) / 2) * 180 / Math.PI;
        }
    }

    /// <summary>The transform that undoes this one.</summary>
    public RigidTransform Inverse
    {
        get
        {
            PatientVector x = new(RowX.X, RowY.X, RowZ.X), y = new(RowX.Y, RowY.Y, RowZ.Y), z = new(RowX.Z, RowY.Z, RowZ.Z);
            return new RigidTransform(x, y, z, new(-x.Dot(Translation), -y.Dot(Translation), -z.Dot(Translation)));
        }
    }

    /// <summary>
    /// Turns by a rotation vector (its direction is the axis, its length the angle in radians, right-handed) about
    /// <paramref name="center"/>, which then moves by <paramref name="shift"/>.
    /// </summary>
    public static RigidTransform About(PatientPoint center, PatientVector rotation, PatientVector shift)
    {
        double angle = rotation.Length;
        PatientVector u = angle > 0 ? rotation * (1 / angle) : new PatientVector(1, 0, 0);
        (double s, double c) = Math.SinCos(angle);
        PatientVector x = new(c + u.X * u.X * (1 - c), u.X * u.Y * (1 - c) - u.Z * s, u.X * u.Z * (1 - c) + u.Y * s);
        PatientVector y = new(u.Y * u.X * (1 - c) + u.Z * s, c + u.Y * u.Y * (1 - c), u.Y * u.Z * (1 - c) - u.X * s);
        PatientVector z = new(u.Z * u.X * (1 - c) - u.Y * s, u.Z * u.Y * (1 - c) + u.X * s, c + u.Z * u.Z * (1 - c));
        PatientVector from = center - PatientPoint.Origin;
        return new RigidTransform(x, y, z, new PatientVector(from.X - x.Dot(from), from.Y - y.Dot(from), from.Z - z.Dot(from)) + shift);
    }

    /// <summary>Reads a homogeneous matrix, 16 values row by row.</summary>
    /// <exception cref="InvalidDataException">It is no rotation with a translation; the message says what it is.</exception>
    public static RigidTransform FromMatrix(ReadOnlySpan<double> matrix)
    {
        if (matrix.Length != 16)
            throw new InvalidDataException($"a matrix of {matrix.Length} values instead of 16");
        foreach (double value in matrix)
        {
            if (!double.IsFinite(value))
                throw new InvalidDataException("a matrix with values that are no numbers");
        }

        if (Math.Abs(matrix[12]) > Tolerance || Math.Abs(matrix[13]) > Tolerance || Math.Abs(matrix[14]) > Tolerance || Math.Abs(matrix[15] - 1) > Tolerance)
            throw new InvalidDataException("a matrix whose last row is not 0, 0, 0, 1");
        PatientVector x = new(matrix[0], matrix[1], matrix[2]), y = new(matrix[4], matrix[5], matrix[6]), z = new(matrix[8], matrix[9], matrix[10]);
        double worst = new[] { x.Length - 1, y.Length - 1, z.Length - 1, x.Dot(y), x.Dot(z), y.Dot(z) }.Max(Math.Abs);
        if (worst > Tolerance)
            throw new InvalidDataException($"a matrix that scales or shears ({worst:0.###} off a rotation)");
        if (x.Cross(y).Dot(z) < 0)
            throw new InvalidDataException("a matrix that mirrors");

        // Orthonormal again, so that inverses and chains stay exact.
        x = x.Normalized();
        y = (y - x * x.Dot(y)).Normalized();
        return new RigidTransform(x, y, x.Cross(y), new(matrix[3], matrix[7], matrix[11]));
    }

    /// <summary>The homogeneous matrix, 16 values row by row, that multiplies column vectors.</summary>
    public double[] ToMatrix() =>
    [
        RowX.X, RowX.Y, RowX.Z, Translation.X,
        RowY.X, RowY.Y, RowY.Z, Translation.Y,
        RowZ.X, RowZ.Y, RowZ.Z, Translation.Z,
        0, 0, 0, 1,
    ];

    /// <summary>Where a point goes.</summary>
    public PatientPoint Apply(PatientPoint p) => PatientPoint.Origin + Rotate(p - PatientPoint.Origin) + Translation;

    /// <summary>Where a direction or displacement goes.</summary>
    public PatientVector Rotate(PatientVector v) => new(RowX.Dot(v), RowY.Dot(v), RowZ.Dot(v));

    /// <summary>This one first, then <paramref name="next"/>.</summary>
    public RigidTransform Then(RigidTransform next)
    {
        PatientVector x = new(RowX.X, RowY.X, RowZ.X), y = new(RowX.Y, RowY.Y, RowZ.Y), z = new(RowX.Z, RowY.Z, RowZ.Z);
        PatientVector Row(PatientVector r) => new(r.Dot(x), r.Dot(y), r.Dot(z));
        return new RigidTransform(Row(next.RowX), Row(next.RowY), Row(next.RowZ), next.Rotate(Translation) + next.Translation);
    }

    /// <summary>The grid that <paramref name="grid"/> becomes.</summary>
    public VolumeGeometry Apply(VolumeGeometry grid) => grid with
    {
        Origin = Apply(grid.Origin),
        DirectionI = Rotate(grid.DirectionI),
        DirectionJ = Rotate(grid.DirectionJ),
        DirectionK = Rotate(grid.DirectionK),
    };

    /// <summary>
    /// How far apart two transforms carry the points of a ball, root of the mean square, mm: √(d² + r²·(3 − tr ΔR)·2/5), d the
    /// distance at the centre.
    /// </summary>
    public double DistanceTo(RigidTransform other, PatientPoint center, double radius)
    {
        double d = Apply(center).DistanceTo(other.Apply(center));
        double trace = RowX.Dot(other.RowX) + RowY.Dot(other.RowY) + RowZ.Dot(other.RowZ);
        return Math.Sqrt(d * d + radius * radius * 0.4 * Math.Max(0, 3 - trace));
    }

    /// <summary>The matrix, row by row. (That of a record would print the inverse of the inverse of …)</summary>
    public override string ToString() => string.Join(' ', ToMatrix().Select(v => v.ToString("0.######", CultureInfo.InvariantCulture)));

    /// <summary>The rotation vector of this transform, radians; undefined in sign at half a turn.</summary>
    public PatientVector RotationVector()
    {
        PatientVector axis = new(RowZ.Y - RowY.Z, RowX.Z - RowZ.X, RowY.X - RowX.Y);
        double sine = axis.Length / 2, angle = Math.Atan2(sine, (RowX.X + RowY.Y + RowZ.Z - 1) / 2);
        return sine > 1e-12 ? axis * (angle / (2 * sine)) : axis * 0.5;
    }
}
