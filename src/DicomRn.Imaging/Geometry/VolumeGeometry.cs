namespace DicomRn.Imaging.Geometry;

/// <summary>
/// A regular voxel grid in patient space (LPS, mm). Axis I runs along a row (increasing column index), J down a
/// column (increasing row index), K from slice to slice; the directions are unit vectors, not necessarily
/// aligned to the patient's axes. K need not be I × J: a grid may be left-handed.
/// </summary>
public sealed record VolumeGeometry
{
    /// <summary>Number of voxels along I (image columns).</summary>
    public required int Columns { get; init; }

    /// <summary>Number of voxels along J (image rows).</summary>
    public required int Rows { get; init; }

    /// <summary>Number of voxels along K (slices).</summary>
    public required int Slices { get; init; }

    /// <summary>The centre of voxel (0, 0, 0).</summary>
    public required PatientPoint Origin { get; init; }

    /// <summary>Unit direction of I: the first three values of Image Orientation (Patient).</summary>
    public required PatientVector DirectionI { get; init; }

    /// <summary>Unit direction of J: the last three values of Image Orientation (Patient).</summary>
    public required PatientVector DirectionJ { get; init; }

    /// <summary>Unit direction of K.</summary>
    public required PatientVector DirectionK { get; init; }

    /// <summary>Distance of voxel centres along I, mm (the second value of Pixel Spacing).</summary>
    public required double SpacingI { get; init; }

    /// <summary>Distance of voxel centres along J, mm (the first value of Pixel Spacing).</summary>
    public required double SpacingJ { get; init; }

    /// <summary>Distance of voxel centres along K, mm.</summary>
    public required double SpacingK { get; init; }

    /// <summary>Number of voxels in all.</summary>
    public long VoxelCount => (long)Columns * Rows * Slices;

    /// <summary>The volume of one voxel, mm³.</summary>
    public double VoxelVolume =>
        Math.Abs((DirectionI * SpacingI).Cross(DirectionJ * SpacingJ).Dot(DirectionK * SpacingK));

    /// <summary>The position in patient space of a position on the grid.</summary>
    public PatientPoint ToPatient(VoxelPoint v) =>
        Origin + DirectionI * (v.I * SpacingI) + DirectionJ * (v.J * SpacingJ) + DirectionK * (v.K * SpacingK);

    /// <summary>The position on the grid of a position in patient space; it may lie outside the grid.</summary>
    public VoxelPoint ToVoxel(PatientPoint p)
    {
        PatientVector a = DirectionI * SpacingI, b = DirectionJ * SpacingJ, c = DirectionK * SpacingK, d = p - Origin;
        double determinant = a.Cross(b).Dot(c);
        return new VoxelPoint(
            d.Cross(b).Dot(c) / determinant,
            a.Cross(d).Dot(c) / determinant,
            a.Cross(b).Dot(d) / determinant);
    }

    /// <summary>Index into an array of <see cref="VoxelCount"/> voxels with I fastest, then J, then K.</summary>
    public long Offset(int i, int j, int k) => ((long)k * Rows + j) * Columns + i;

    /// <summary>Whether two grids have the same size and their voxel centres coincide within <paramref name="tolerance"/> mm.</summary>
    public bool Coincides(VolumeGeometry other, double tolerance = 1e-3)
    {
        if (Columns != other.Columns || Rows != other.Rows || Slices != other.Slices)
            return false;
        foreach (int i in new[] { 0, Columns - 1 })
        {
            foreach (int j in new[] { 0, Rows - 1 })
            {
                foreach (int k in new[] { 0, Slices - 1 })
                {
                    VoxelPoint corner = new(i, j, k);
                    if (ToPatient(corner).DistanceTo(other.ToPatient(corner)) > tolerance)
                        return false;
                }
            }
        }

        return true;
    }

    /// <summary>Unit normal of the slices, DirectionI × DirectionJ; it may point against <see cref="DirectionK"/>.</summary>
    public PatientVector Normal => DirectionI.Cross(DirectionJ).Normalized();

    /// <summary>The centre of the grid.</summary>
    public PatientPoint Center => ToPatient(new VoxelPoint((Columns - 1) / 2.0, (Rows - 1) / 2.0, (Slices - 1) / 2.0));

    /// <summary>Whether a voxel index lies in the grid.</summary>
    public bool Contains(int i, int j, int k) =>
        (uint)i < (uint)Columns && (uint)j < (uint)Rows && (uint)k < (uint)Slices;

    /// <summary>
    /// A grid for a crop: isotropic, <paramref name="columns"/> × <paramref name="rows"/> × <paramref name="slices"/>
    /// voxels of <paramref name="spacing"/> mm, its <see cref="Center"/> at <paramref name="center"/>.
    /// </summary>
    /// <param name="center">LPS, mm.</param>
    /// <param name="columns">Voxels along I.</param>
    /// <param name="rows">Voxels along J.</param>
    /// <param name="slices">Voxels along K.</param>
    /// <param name="spacing">Distance of voxel centres along every axis, mm.</param>
    /// <param name="axesOf">The grid whose directions it takes; without one the axes are the patient's (<see cref="Axial"/>).</param>
    public static VolumeGeometry CenteredAt(
        PatientPoint center, int columns, int rows, int slices, double spacing, VolumeGeometry? axesOf = null)
    {
        VolumeGeometry axial = Axial(columns, rows, slices, spacing, PatientPoint.Origin);
        VolumeGeometry grid = axesOf is null ? axial : axial with
        {
            DirectionI = axesOf.DirectionI,
            DirectionJ = axesOf.DirectionJ,
            DirectionK = axesOf.DirectionK,
        };
        return grid with { Origin = grid.Origin + (center - grid.Center) };
    }

    /// <summary>An axial grid aligned to the patient's axes, with I to the left, J to the posterior, K to the head.</summary>
    public static VolumeGeometry Axial(int columns, int rows, int slices, double spacing, PatientPoint origin) => new()
    {
        Columns = columns,
        Rows = rows,
        Slices = slices,
        Origin = origin,
        DirectionI = new PatientVector(1, 0, 0),
        DirectionJ = new PatientVector(0, 1, 0),
        DirectionK = new PatientVector(0, 0, 1),
        SpacingI = spacing,
        SpacingJ = spacing,
        SpacingK = spacing,
    };
}
