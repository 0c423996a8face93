using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Benchmarks.Registration;

/// <summary>A pair for the gates, made of a phantom pair.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Fixed">The follow-up.</param>
/// <param name="Moving">The planning image.</param>
/// <param name="Place">Where a point of the follow-up is in the planning image; null where it is nowhere.</param>
internal sealed record GateTrial(TrialKind Kind, Volume<float> Fixed, Volume<float> Moving, Func<PatientPoint, PatientPoint>? Place)
{
    /// <summary>Largest distance of the points from where they belong, mm; infinite where they belong nowhere.</summary>
    public double Error(RigidTransform found, IEnumerable<PatientPoint> points) =>
        Place is null ? double.PositiveInfinity : points.Max(p => found.Apply(p).DistanceTo(Place(p)));

    /// <summary>All trials of a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="other">The planning image of another patient.</param>
    /// <param name="seed">Decides what is random.</param>
    public static IEnumerable<GateTrial> Of(PhantomPair pair, Volume<float> other, int seed)
    {
        Random random = new(seed);
        VolumeGeometry grid = pair.Moving.Geometry;
        yield return new GateTrial(TrialKind.SameHead, pair.Fixed, pair.Moving, pair.Truth.Apply);
        yield return new GateTrial(TrialKind.OtherPatient, pair.Fixed, other, null);
        yield return new GateTrial(TrialKind.Mirrored, pair.Fixed, Mirror(pair.Moving), p => Mirrored(pair.Truth.Apply(p), grid));

        double angle = (60 + 120 * random.NextDouble()) * Math.PI / 180;
        PatientVector axis = new PatientVector(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5).Normalized();
        RigidTransform turn = RigidTransform.About(grid.Center, axis * angle, default);
        yield return new GateTrial(
            TrialKind.FarTurned, pair.Fixed, new Volume<float>(turn.Apply(grid), pair.Moving.Voxels), p => turn.Apply(pair.Truth.Apply(p)));

        PatientPoint middle = pair.Truth.Apply(pair.Targets[pair.Targets.Count / 2]);
        double at = middle.Z + 60 * (random.NextDouble() - 0.5);
        yield return new GateTrial(TrialKind.ThinSlab, pair.Fixed, Between(pair.Moving, at - 20, at + 20), pair.Truth.Apply);

        PatientPoint head = pair.Targets[pair.Targets.Count / 2];
        double cut = 40 * (random.NextDouble() - 0.5);
        yield return new GateTrial(
            TrialKind.LittleOverlap, Between(pair.Fixed, head.Z + cut, 1e6), Between(pair.Moving, -1e6, middle.Z + cut + 15), pair.Truth.Apply);
        yield return new GateTrial(TrialKind.HeavyNoise, pair.Fixed, Noisy(pair.Moving, 0.3 + 0.7 * random.NextDouble(), random), pair.Truth.Apply);
        yield return new GateTrial(TrialKind.NoHead, pair.Fixed, Bottle(grid, random), null);
    }

    private static Volume<float> Mirror(Volume<float> image)
    {
        VolumeGeometry g = image.Geometry;
        Volume<float> result = new(g, [.. image.Voxels]);
        for (int start = 0; start < result.Voxels.Length; start += g.Columns)
            result.Voxels.AsSpan(start, g.Columns).Reverse();
        return result;
    }

    private static PatientPoint Mirrored(PatientPoint p, VolumeGeometry grid)
    {
        VoxelPoint v = grid.ToVoxel(p);
        return grid.ToPatient(new VoxelPoint(grid.Columns - 1 - v.I, v.J, v.K));
    }

    // Axial images only, as all of these are.
    private static Volume<float> Between(Volume<float> image, double low, double high)
    {
        VolumeGeometry g = image.Geometry;
        int first = Math.Clamp((int)Math.Ceiling((low - g.Origin.Z) / g.SpacingK), 0, g.Slices - 4);
        int last = Math.Clamp((int)Math.Floor((high - g.Origin.Z) / g.SpacingK), first + 3, g.Slices - 1);
        VolumeGeometry part = g with { Slices = last - first + 1, Origin = g.ToPatient(new VoxelPoint(0, 0, first)) };
        int area = g.Columns * g.Rows;
        return new Volume<float>(part, image.Voxels[(first * area)..((last + 1) * area)]);
    }

    private static Volume<float> Noisy(Volume<float> image, double share, Random random)
    {
        float least = image.Voxels.Min();
        double deviation = share * (Math.Min(image.Voxels.Max(), 1500) - Math.Max(least, -100));
        Volume<float> result = new(image.Geometry);
        for (int n = 0; n < result.Voxels.Length; n++)
        {
            double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
            double value = image.Voxels[n] + 2 * deviation * noise;
            result.Voxels[n] = (float)(least >= 0 ? Math.Abs(value) : value);
        }

        return result;
    }

    private static Volume<float> Bottle(VolumeGeometry grid, Random random)
    {
        double radius = 60 + 30 * random.NextDouble(), length = 100 + 80 * random.NextDouble(), lean = 0.4 * (random.NextDouble() - 0.5);
        PatientVector[] rods = [.. Enumerable.Range(0, 6).Select(_ => new PatientVector(90 * (random.NextDouble() - 0.5), 90 * (random.NextDouble() - 0.5), 0))];
        Volume<float> result = new(grid);
        int area = grid.Columns * grid.Rows;
        for (int n = 0; n < result.Voxels.Length; n++)
        {
            PatientVector d = grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns % grid.Rows, n / area)) - grid.Center;
            double x = d.X - lean * d.Z, across = x * x + d.Y * d.Y;
            bool inside = across < radius * radius && Math.Abs(d.Z) < length / 2;
            bool rod = rods.Any(r => (x - r.X) * (x - r.X) + (d.Y - r.Y) * (d.Y - r.Y) < 40);
            result.Voxels[n] = (float)((inside ? rod ? 150 : 600 : 0) + 40 * random.NextDouble());
        }

        return result;
    }
}
