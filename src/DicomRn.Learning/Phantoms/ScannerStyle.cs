using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>How one scan of one patient at one centre was taken: drawn around the centre's habits.</summary>
internal sealed record ScannerStyle
{
    /// <summary>Receiver gain: the factor from tissue signal to stored values.</summary>
    public required double Gain { get; init; }

    /// <summary>Standard deviation of the noise of each quadrature channel, as a share of white matter's signal.</summary>
    public required double Noise { get; init; }

    /// <summary>Largest logarithm of the shading over the head.</summary>
    public required double Shading { get; init; }

    /// <summary>Standard deviation of the in-plane and through-plane blur, voxels.</summary>
    public required double Blur { get; init; }

    /// <summary>Grey–white contrast relative to the first centre's.</summary>
    public required double TissueContrast { get; init; }

    /// <summary>Enhancement relative to the first centre's (dose, delay after injection).</summary>
    public required double Enhancement { get; init; }

    /// <summary>Share of lesions that are necrosis.</summary>
    public required double NecrosisShare { get; init; }

    /// <summary>The grid of the whole head.</summary>
    public required VolumeGeometry Grid { get; init; }

    public static double NecrosisShareOf(PhantomCentre centre) =>
        centre switch { PhantomCentre.First => 0.4, PhantomCentre.Second => 0.3, _ => 0.35 };

    /// <param name="centre">Whose habits.</param>
    /// <param name="seed">The patient.</param>
    /// <param name="headCentre">Centre of the head, LPS, mm.</param>
    /// <param name="grid">The grid of the scan; null for the centre's own.</param>
    /// <param name="scan">Which of the patient's scans.</param>
    public static ScannerStyle Draw(PhantomCentre centre, int seed, PatientPoint headCentre, VolumeGeometry? grid, uint scan = 0)
    {
        SeededRandom random = SeededRandom.For(seed, 0x5CA2, scan);
        if (centre == PhantomCentre.Elsewhere)
            return Elsewhere(random, headCentre, grid);
        bool first = centre == PhantomCentre.First;
        ScannerStyle style = new()
        {
            Gain = random.LogNormal(first ? 1.0 : 2.3, 0.25),
            Noise = random.Uniform(0.8, 1.3) * (first ? 0.025 : 0.045),
            Shading = random.Uniform(0.6, 1.2) * (first ? 0.15 : 0.30),
            Blur = random.Uniform(0.8, 1.2) * (first ? 0.45 : 0.65),
            TissueContrast = random.Uniform(0.85, 1.15) * (first ? 1.0 : 0.75),
            Enhancement = random.LogNormal(first ? 1.0 : 0.8, 0.15),
            NecrosisShare = NecrosisShareOf(centre),
            Grid = grid ?? WholeHead(
                headCentre, first ? 1 : 0.9, first ? 1 : 1.5, random.Normal() * (first ? 2 : 6), random.Normal() * (first ? 2 : 4)),
        };
        return style;
    }

    private static ScannerStyle Elsewhere(SeededRandom random, PatientPoint headCentre, VolumeGeometry? grid) => new()
    {
        Gain = random.LogNormal(1.5, 0.6),
        Noise = random.Uniform(0.02, 0.06),
        Shading = random.Uniform(0.08, 0.4),
        Blur = random.Uniform(0.35, 0.8),
        TissueContrast = random.Uniform(0.6, 1.2),
        Enhancement = random.LogNormal(0.9, 0.25),
        NecrosisShare = NecrosisShareOf(PhantomCentre.Elsewhere),
        Grid = grid ?? WholeHead(headCentre, random.Uniform(0.8, 1.2), random.Uniform(1, 2), random.Normal() * 6, random.Normal() * 4),
    };

    /// <summary>An axial stack over the head, tilted about the left–right and the anterior–posterior axis (degrees).</summary>
    internal static VolumeGeometry WholeHead(PatientPoint centre, double inPlane, double slice, double pitch, double roll)
    {
        (double sp, double cp) = Math.SinCos(pitch * Math.PI / 180);
        (double sr, double cr) = Math.SinCos(roll * Math.PI / 180);
        PatientVector i = new(cr, 0, sr);
        PatientVector j = new(-sr * sp, cp, cr * sp);
        PatientVector k = i.Cross(j);
        int columns = (int)Math.Ceiling(180 / inPlane), rows = (int)Math.Ceiling(220 / inPlane), slices = (int)Math.Ceiling(186 / slice);
        return new VolumeGeometry
        {
            Columns = columns,
            Rows = rows,
            Slices = slices,
            Origin = centre + i * (-(columns - 1) / 2.0 * inPlane) + j * (-(rows - 1) / 2.0 * inPlane) + k * (-(slices - 1) / 2.0 * slice),
            DirectionI = i,
            DirectionJ = j,
            DirectionK = k,
            SpacingI = inPlane,
            SpacingJ = inPlane,
            SpacingK = slice,
        };
    }
}
