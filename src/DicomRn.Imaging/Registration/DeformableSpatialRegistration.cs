using System.Buffers.Binary;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// A Deformable Spatial Registration (1.2.840.10008.5.1.4.1.1.66.3; PS3.3 C.20.3). Unlike the rigid one it takes points of the
/// registered frame of reference, that of the instance, to the source: pre-deformation matrix, displacement of the grid, post-deformation
/// matrix.
/// </summary>
public sealed class DeformableSpatialRegistration
{
    private const int MostVectors = 200_000_000;

    private readonly RigidTransform _before;
    private readonly RigidTransform _after;
    private readonly Volume<float>? _x;
    private readonly Volume<float>? _y;
    private readonly Volume<float>? _z;

    private DeformableSpatialRegistration(
        string uid, string registered, string source, RigidTransform before, RigidTransform after, Volume<float>[] grid)
    {
        (SopInstanceUid, RegisteredFrameOfReferenceUid, SourceFrameOfReferenceUid, _before, _after) = (uid, registered, source, before, after);
        if (grid is [Volume<float> x, Volume<float> y, Volume<float> z])
            (_x, _y, _z) = (x, y, z);
    }

    /// <summary>SOP Instance UID.</summary>
    public string SopInstanceUid { get; }

    /// <summary>Frame of reference that points come from.</summary>
    public string RegisteredFrameOfReferenceUid { get; }

    /// <summary>Frame of reference that points are taken to.</summary>
    public string SourceFrameOfReferenceUid { get; }

    /// <summary>Both matrices without the displacements between them: takes points of the registered frame of reference to the source.</summary>
    public RigidTransform RigidPart => _before.Then(_after);

    /// <summary>Reads the items of Deformable Registration Sequence.</summary>
    /// <exception cref="InvalidDataException">It is none or is damaged; the message names it and the reason.</exception>
    public static IReadOnlyList<DeformableSpatialRegistration> Read(DicomDataset dataset)
    {
        if (dataset.Text(DicomTag.SOPClassUID) != DicomUID.DeformableSpatialRegistrationStorage.UID)
            throw new InvalidDataException($"{dataset.Describe()} is no Deformable Spatial Registration.");
        string registered = dataset.Text(DicomTag.FrameOfReferenceUID);
        DicomDataset[] items = [.. dataset.Items(DicomTag.DeformableRegistrationSequence)];
        if (registered.Length == 0 || items.Length == 0)
            throw new InvalidDataException($"{dataset.Describe()} is no usable Deformable Spatial Registration: Frame of Reference UID or Deformable Registration Sequence is missing.");
        try
        {
            return
            [
                .. items.Select(item => new DeformableSpatialRegistration(
                    dataset.Text(DicomTag.SOPInstanceUID), registered, item.Text(DicomTag.SourceFrameOfReferenceUID),
                    Matrix(item, DicomTag.PreDeformationMatrixRegistrationSequence), Matrix(item, DicomTag.PostDeformationMatrixRegistrationSequence),
                    Grid(item))),
            ];
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{dataset.Describe()} is no usable Deformable Spatial Registration: {e.Message}.", e);
        }
    }

    /// <summary>Where a point of the registered frame of reference lies in the source; null where the grid does not cover it.</summary>
    public PatientPoint? ToSource(PatientPoint registered)
    {
        PatientPoint p = _before.Apply(registered);
        if (_x is null || _y is null || _z is null)
            return _after.Apply(p);
        // The grid lies where the points are before the first matrix (C.20.3.1.1).
        if (At(_x, registered) is { } x && At(_y, registered) is { } y && At(_z, registered) is { } z)
            return _after.Apply(p + new PatientVector(x, y, z));
        return null;
    }

    /// <summary>
    /// Where a point of the source lies in the registered frame of reference, by iteration until it is exact within
    /// <paramref name="precision"/> mm; null where that is nowhere, or not found.
    /// </summary>
    public PatientPoint? ToRegistered(PatientPoint source, double precision = 1e-3)
    {
        RigidTransform both = _before.Then(_after);
        PatientPoint guess = both.Inverse.Apply(source);
        for (int n = 0; n < 200; n++)
        {
            if (ToSource(guess) is not { } there)
                return null;
            PatientVector off = source - there;
            if (off.Length < precision)
                return guess;
            guess += both.Inverse.Rotate(off);
        }

        return null;
    }

    private static RigidTransform Matrix(DicomDataset item, DicomTag sequence) => item.FirstItem(sequence) is { } matrix
        ? RigidTransform.FromMatrix(matrix.Numbers(DicomTag.FrameOfReferenceTransformationMatrix))
        : RigidTransform.Identity;

    private static Volume<float>[] Grid(DicomDataset item)
    {
        if (item.FirstItem(DicomTag.DeformableRegistrationGridSequence) is not { } grid)
            return [];
        double[] orientation = grid.Numbers(DicomTag.ImageOrientationPatient), position = grid.Numbers(DicomTag.ImagePositionPatient);
        double[] spacing = grid.Numbers(DicomTag.GridResolution);
        if (orientation.Length != 6 || position.Length != 3 || spacing.Length != 3 || spacing.Any(s => !(s > 0)))
            throw new InvalidDataException("orientation, position or resolution of its deformation grid is missing or malformed");
        if (!grid.TryGetValues(DicomTag.GridDimensions, out uint[]? size) || size.Length != 3 || size.Any(s => s == 0))
            throw new InvalidDataException("the dimensions of its deformation grid are missing");
        double count = (double)size[0] * size[1] * size[2];
        byte[] data = grid.GetDicomItem<DicomElement>(DicomTag.VectorGridData)?.Buffer.Data ?? [];
        if (count > MostVectors || data.Length < count * 12)
            throw new InvalidDataException($"its deformation grid of {count:0} vectors has {data.Length} bytes of data");
        PatientVector i = new(orientation[0], orientation[1], orientation[2]), j = new(orientation[3], orientation[4], orientation[5]);
        if (Math.Abs(i.Length - 1) > 1e-3 || Math.Abs(j.Length - 1) > 1e-3 || Math.Abs(i.Dot(j)) > 1e-3)
            throw new InvalidDataException("the orientation of its deformation grid is no pair of perpendicular directions");
        VolumeGeometry geometry = new()
        {
            Columns = (int)size[0],
            Rows = (int)size[1],
            Slices = (int)size[2],
            Origin = new PatientPoint(position[0], position[1], position[2]),
            DirectionI = i.Normalized(),
            DirectionJ = j.Normalized(),
            DirectionK = i.Cross(j).Normalized(),
            SpacingI = spacing[0],
            SpacingJ = spacing[1],
            SpacingK = spacing[2],
        };
        Volume<float>[] result = [new(geometry), new(geometry), new(geometry)];
        for (int n = 0; n < result[0].Voxels.Length; n++)
        {
            for (int axis = 0; axis < 3; axis++)
                result[axis].Voxels[n] = BinaryPrimitives.ReadSingleLittleEndian(data.AsSpan(n * 12 + axis * 4));
        }

        return result;
    }

    private static double? At(Volume<float> grid, PatientPoint p)
    {
        VolumeGeometry g = grid.Geometry;
        VoxelPoint v = g.ToVoxel(p);
        if (v.I < -0.5 || v.J < -0.5 || v.K < -0.5 || v.I > g.Columns - 0.5 || v.J > g.Rows - 0.5 || v.K > g.Slices - 0.5)
            return null;
        double sum = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            (int i, double u) = Side(v.I, g.Columns, corner & 1);
            (int j, double w) = Side(v.J, g.Rows, corner >> 1 & 1);
            (int k, double t) = Side(v.K, g.Slices, corner >> 2);
            sum += grid[i, j, k] * u * w * t;
        }

        return double.IsFinite(sum) ? sum : null;
    }

    private static (int Index, double Weight) Side(double position, int count, int side)
    {
        double clamped = Math.Clamp(position, 0, count - 1);
        int lower = (int)clamped;
        return (Math.Min(lower + side, count - 1), side == 0 ? 1 - (clamped - lower) : clamped - lower);
    }
}
