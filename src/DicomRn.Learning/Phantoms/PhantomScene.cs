using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>A patient's head with lesions before the scan: continuous, to be rendered on any grid, whole or in part.</summary>
internal sealed class PhantomScene
{
    // The blur has three taps along each axis.
    private const int BlurReach = 1;

    private readonly HeadAnatomy _anatomy;
    private readonly uint _shadingSeed;
    private readonly int _seed;
    private readonly uint _scan;

    public PhantomScene(PhantomOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LesionCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.LesionCount, 5);
        if (options.Classes is not null && options.Classes.Count != options.LesionCount)
            throw new ArgumentException($"{options.Classes.Count} classes for {options.LesionCount} lesions.", nameof(options));
        _seed = options.Seed;
        _anatomy = new HeadAnatomy(_seed);
        HeadCentre = PhantomHead.HeadCentre(_seed);
        if (options.RadiusFactors is not null && options.RadiusFactors.Count != options.LesionCount)
            throw new ArgumentException($"{options.RadiusFactors.Count} factors for {options.LesionCount} lesions.", nameof(options));
        _scan = (uint)options.Scan;
        Style = ScannerStyle.Draw(options.Centre, _seed, HeadCentre, options.Grid, _scan);
        _shadingSeed = (uint)SeededRandom.For(_seed, 0xB1A5, _scan).NextUInt64();
        (Lesions, Classes, Shares, Radii) = PhantomLesionPlacement.Draw(options, _anatomy, HeadCentre, Style.NecrosisShare);
    }

    public PatientPoint HeadCentre { get; }

    public ScannerStyle Style { get; }

    public IReadOnlyList<PhantomLesion> Lesions { get; }

    public IReadOnlyList<LesionClass> Classes { get; }

    public IReadOnlyList<double> Shares { get; }

    public IReadOnlyList<double> Radii { get; }

    /// <summary>The image on a grid: signal, blur, shading, gain, Rician noise (Gudbjartsson and Patz 1995).</summary>
    /// <param name="grid">Where.</param>
    /// <param name="enhanced">With contrast agent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="seen">The grid that the image is going to be resampled to: only the voxels that this looks at are made, the same as without; the others
    /// have no meaning. Null for all.</param>
    public Volume<float> Render(VolumeGeometry grid, bool enhanced, CancellationToken cancellationToken, VolumeGeometry? seen = null)
    {
        Volume<float> image = new(grid);
        SeenRows rows = seen is null ? SeenRows.All(grid) : new SeenRows(grid, seen);
        int parts = Math.Clamp((int)Math.Round(grid.SpacingK / 1.5), 1, 4);
        ParallelOptions parallel = new() { CancellationToken = cancellationToken };
        Parallel.For(0, grid.Slices, parallel, k =>
        {
            Span<float> slice = image.Slice(k);
            SceneNoise noise = new(this);
            for (int part = 0; part < parts; part++)
                AddSlice(slice, grid, k + (part + 0.5) / parts - 0.5, enhanced, 1f / parts, noise, j => rows.Of(j, k, BlurReach));
        });
        GaussianBlur.Apply(image, Style.Blur);
        ulong noiseSeed = SeededRandom.For(_seed, enhanced ? 0x401CEu : 0x401u, _scan).NextUInt64();
        Parallel.For(0, grid.Slices, parallel, k => Receive(image, k, noiseSeed, rows));
        return image;
    }

    /// <summary>Single points of the enhanced image far apart, as if picked from the scan: no blur from one to the next.</summary>
    public Volume<float> RenderPoints(VolumeGeometry grid, CancellationToken cancellationToken)
    {
        Volume<float> image = new(grid);
        ulong noiseSeed = SeededRandom.For(_seed, 0xC0A2, _scan).NextUInt64();
        SeenRows rows = SeenRows.All(grid);
        Parallel.For(0, grid.Slices, new ParallelOptions { CancellationToken = cancellationToken }, k =>
        {
            AddSlice(image.Slice(k), grid, k, enhanced: true, 1, new SceneNoise(this), j => rows.Of(j, k, 0));
            Receive(image, k, noiseSeed, rows);
        });
        return image;
    }

    /// <summary>Signal relative to white matter on T1, before the scanner.</summary>
    private double Signal(PatientPoint p, bool enhanced, SceneNoise noise)
    {
        PatientVector d = p - HeadCentre;
        (double t1, double agent) = _anatomy.Signal(d.X, d.Y, d.Z, Style.TissueContrast, noise.Head);
        if (t1 == 0)
            return 0;
        foreach ((PhantomLesion lesion, SmoothNoise own) in noise.Lesions)
        {
            LesionTissue s = lesion.At(p, own);
            t1 = NoiseField.Lerp(t1, 0.72, 0.6 * s.Halo);
            t1 = NoiseField.Lerp(t1, 0.42, s.Necrosis);
            t1 = NoiseField.Lerp(t1, 0.74, Math.Min(1, s.Enhancing));
            agent = agent * (1 - Math.Min(1, s.Necrosis + s.Enhancing)) + 0.95 * s.Enhancing;
        }

        return enhanced ? t1 + agent * Style.Enhancement : t1;
    }

    private void AddSlice(
        Span<float> slice, VolumeGeometry grid, double k, bool enhanced, float weight, SceneNoise noise, Func<int, (int First, int End)> columns)
    {
        for (int j = 0; j < grid.Rows; j++)
        {
            (int first, int end) = columns(j);
            PatientPoint p = grid.ToPatient(new VoxelPoint(0, j, k));
            PatientVector step = grid.DirectionI * grid.SpacingI;
            Span<float> row = slice.Slice(j * grid.Columns, grid.Columns);
            for (int i = first; i < end; i++)
                row[i] += weight * (float)Signal(p + step * i, enhanced, noise);
        }
    }

    private void Receive(Volume<float> image, int k, ulong noiseSeed, SeenRows rows)
    {
        VolumeGeometry grid = image.Geometry;
        Span<float> slice = image.Slice(k);
        double white = 500 * Style.Gain;
        SmoothNoise shading = new(_shadingSeed, 1);
        for (int j = 0; j < grid.Rows; j++)
        {
            (int first, int end) = rows.Of(j, k, 0);
            for (int i = first, n = (j * grid.Columns) + first; i < end; i++, n++)
            {
                double signal = slice[n] == 0 ? 0 : slice[n] * Math.Exp(Style.Shading * Shading(grid.ToPatient(new VoxelPoint(i, j, k)), shading));
                ulong h = SeededRandom.Mix(noiseSeed + (ulong)grid.Offset(i, j, k) * 0x9E3779B97F4A7C15UL);
                double radius = Style.Noise * Math.Sqrt(-2 * Math.Log(((h >> 32) + 1) * (1.0 / 4294967297.0)));
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (uint)h * (1.0 / 4294967296.0));
                double real = signal + radius * cos, imaginary = radius * sin;
                slice[n] = (float)(white * Math.Sqrt(real * real + imaginary * imaginary));
            }
        }
    }

    private double Shading(PatientPoint p, SmoothNoise noise)
    {
        PatientVector d = p - HeadCentre;
        return noise.Value(0, d.X / 90 + 5.5, d.Y / 90 + 5.5, d.Z / 90 + 5.5);
    }

    /// <summary>The noise of everything in the scene, for one thread.</summary>
    private sealed class SceneNoise(PhantomScene scene)
    {
        public SmoothNoise Head { get; } = scene._anatomy.Noise();

        public (PhantomLesion Lesion, SmoothNoise Noise)[] Lesions { get; } = [.. scene.Lesions.Select(lesion => (lesion, lesion.Noise()))];
    }
}
