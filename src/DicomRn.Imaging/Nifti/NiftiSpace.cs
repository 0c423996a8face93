using System.Buffers.Binary;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Nifti;

/// <summary>
/// The orientation fields of NIfTI-1: sform (three rows of a matrix) and qform (quaternion, offset, handedness). NIfTI's axes
/// point right, anterior, superior; ours left, posterior, superior: x and y change sign.
/// </summary>
internal static class NiftiSpace
{
    private const int QformCode = 252, SformCode = 254, Quaternion = 256, QuaternionOffset = 268, SformRows = 280, PixelDimensions = 76;
    private const short ScannerAnatomical = 1;

    /// <exception cref="InvalidDataException">The axes have no length or lie in one plane.</exception>
    public static VolumeGeometry Read(NiftiFields f, int columns, int rows, int slices)
    {
        PatientVector a, b, c;
        PatientPoint origin;
        if (f.Int16(SformCode) > 0)
        {
            (a, b, c) = (Column(f, 0), Column(f, 1), Column(f, 2));
            origin = PatientPoint.Origin + Column(f, 3);
        }
        else if (f.Int16(QformCode) > 0)
        {
            (a, b, c) = ReadQuaternion(f);
            origin = new PatientPoint(-f.Float(QuaternionOffset), -f.Float(QuaternionOffset + 4), f.Float(QuaternionOffset + 8));
        }
        else
        {
            // Method 1: nothing is known of the orientation but the voxel size.
            (a, b, c) = (new(-Spacing(f, 1), 0, 0), new(0, -Spacing(f, 2), 0), new(0, 0, Spacing(f, 3)));
            origin = PatientPoint.Origin;
        }

        double volume = Math.Abs(a.Cross(b).Dot(c));
        if (!(volume > 0) || !double.IsFinite(volume))
            throw new InvalidDataException("its voxels have no volume: the orientation matrix is singular");
        return new VolumeGeometry
        {
            Columns = columns,
            Rows = rows,
            Slices = slices,
            Origin = origin,
            DirectionI = a.Normalized(),
            DirectionJ = b.Normalized(),
            DirectionK = c.Normalized(),
            SpacingI = a.Length,
            SpacingJ = b.Length,
            SpacingK = c.Length,
        };
    }

    public static void Write(Span<byte> header, VolumeGeometry g)
    {
        PatientVector[] columns =
        [
            g.DirectionI * g.SpacingI, g.DirectionJ * g.SpacingJ, g.DirectionK * g.SpacingK, g.Origin - PatientPoint.Origin,
        ];
        BinaryPrimitives.WriteInt16LittleEndian(header[SformCode..], ScannerAnatomical);
        for (int n = 0; n < 4; n++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(header[(SformRows + 4 * n)..], (float)-columns[n].X);
            BinaryPrimitives.WriteSingleLittleEndian(header[(SformRows + 16 + 4 * n)..], (float)-columns[n].Y);
            BinaryPrimitives.WriteSingleLittleEndian(header[(SformRows + 32 + 4 * n)..], (float)columns[n].Z);
        }

        // A quaternion holds no shear: the slices of a sheared grid are described by the sform alone.
        bool orthogonal = Math.Abs(g.DirectionI.Dot(g.DirectionJ)) < 1e-4
            && Math.Abs(g.DirectionI.Dot(g.DirectionK)) < 1e-4 && Math.Abs(g.DirectionJ.Dot(g.DirectionK)) < 1e-4;
        BinaryPrimitives.WriteInt16LittleEndian(header[QformCode..], orthogonal ? ScannerAnatomical : (short)0);
        if (orthogonal)
            WriteQuaternion(header, g);
    }

    private static PatientVector Column(NiftiFields f, int n) =>
        new(-f.Float(SformRows + 4 * n), -f.Float(SformRows + 16 + 4 * n), f.Float(SformRows + 32 + 4 * n));

    private static double Spacing(NiftiFields f, int axis)
    {
        double spacing = Math.Abs(f.Float(PixelDimensions + 4 * axis));
        return spacing > 0 ? spacing : 1;
    }

    private static (PatientVector A, PatientVector B, PatientVector C) ReadQuaternion(NiftiFields f)
    {
        double b = f.Float(Quaternion), c = f.Float(Quaternion + 4), d = f.Float(Quaternion + 8);
        double rest = 1 - (b * b + c * c + d * d), a = 0;
        if (rest > 1e-7)
        {
            a = Math.Sqrt(rest);
        }
        else
        {
            double scale = 1 / Math.Sqrt(b * b + c * c + d * d);
            (b, c, d) = (b * scale, c * scale, d * scale);
        }

        double handedness = f.Float(PixelDimensions) < 0 ? -1 : 1;
        return (
            new PatientVector(-(a * a + b * b - c * c - d * d), -2 * (b * c + a * d), 2 * (b * d - a * c)) * Spacing(f, 1),
            new PatientVector(-2 * (b * c - a * d), -(a * a + c * c - b * b - d * d), 2 * (c * d + a * b)) * Spacing(f, 2),
            new PatientVector(-2 * (b * d + a * c), -2 * (c * d - a * b), a * a + d * d - b * b - c * c) * (handedness * Spacing(f, 3)));
    }

    private static void WriteQuaternion(Span<byte> header, VolumeGeometry g)
    {
        double handedness = g.DirectionI.Cross(g.DirectionJ).Dot(g.DirectionK) < 0 ? -1 : 1;
        PatientVector k = g.DirectionK * handedness;
        double r11 = -g.DirectionI.X, r21 = -g.DirectionI.Y, r31 = g.DirectionI.Z;
        double r12 = -g.DirectionJ.X, r22 = -g.DirectionJ.Y, r32 = g.DirectionJ.Z;
        double r13 = -k.X, r23 = -k.Y, r33 = k.Z;

        // The largest of the four components is found first, for accuracy near half turns.
        double[] squares = [1 + r11 + r22 + r33, 1 + r11 - r22 - r33, 1 - r11 + r22 - r33, 1 - r11 - r22 + r33];
        int largest = Array.IndexOf(squares, squares.Max());
        double q = 0.5 * Math.Sqrt(squares[largest]), t = 0.25 / q;
        (double a, double b, double c, double d) = largest switch
        {
            0 => (q, (r32 - r23) * t, (r13 - r31) * t, (r21 - r12) * t),
            1 => ((r32 - r23) * t, q, (r12 + r21) * t, (r13 + r31) * t),
            2 => ((r13 - r31) * t, (r12 + r21) * t, q, (r23 + r32) * t),
            _ => ((r21 - r12) * t, (r13 + r31) * t, (r23 + r32) * t, q),
        };
        double sign = a < 0 ? -1 : 1;
        BinaryPrimitives.WriteSingleLittleEndian(header[PixelDimensions..], (float)handedness);
        BinaryPrimitives.WriteSingleLittleEndian(header[Quaternion..], (float)(sign * b));
        BinaryPrimitives.WriteSingleLittleEndian(header[(Quaternion + 4)..], (float)(sign * c));
        BinaryPrimitives.WriteSingleLittleEndian(header[(Quaternion + 8)..], (float)(sign * d));
        BinaryPrimitives.WriteSingleLittleEndian(header[QuaternionOffset..], (float)-g.Origin.X);
        BinaryPrimitives.WriteSingleLittleEndian(header[(QuaternionOffset + 4)..], (float)-g.Origin.Y);
        BinaryPrimitives.WriteSingleLittleEndian(header[(QuaternionOffset + 8)..], (float)g.Origin.Z);
    }
}
