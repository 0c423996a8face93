using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Random positions in the head of the fixed image with the bin of the value there. Off the grid, so that no grid of one image falls
/// onto that of the other, which draws the metric to whole voxels.
/// </summary>
internal sealed class FixedSamples
{
    private FixedSamples(PatientPoint center, int count)
    {
        Center = center;
        Count = count;
        X = new float[count];
        Y = new float[count];
        Z = new float[count];
        Bin = new byte[count];
    }

    /// <summary>What the coordinates are relative to.</summary>
    public PatientPoint Center { get; }

    /// <summary>A multiple of the width of a vector.</summary>
    public int Count { get; }

    /// <summary>Left, mm from the centre.</summary>
    public float[] X { get; }

    /// <summary>Posterior, mm from the centre.</summary>
    public float[] Y { get; }

    /// <summary>Head, mm from the centre.</summary>
    public float[] Z { get; }

    /// <summary>Bin of the value.</summary>
    public byte[] Bin { get; }

    /// <summary>Draws them.</summary>
    /// <param name="image">A level of the fixed image.</param>
    /// <param name="head">Where to draw from.</param>
    /// <param name="count">How many, about.</param>
    /// <param name="seed">Another one, other positions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FixedSamples Draw(Volume<float> image, HeadRegion head, int count, ulong seed)
    {
        VolumeGeometry coarse = head.Mask.Geometry;
        IReadOnlyList<int> inside = head.Voxels;
        SampleRandom random = new(seed);
        FixedSamples samples = new(head.Center, Math.Max(1, count / Vector256<float>.Count) * Vector256<float>.Count);
        int area = coarse.Columns * coarse.Rows;
        for (int n = 0; n < samples.Count; n++)
        {
            // Every stretch of the mask gets its share: less variance than independent draws.
            int voxel = inside[(int)((n + random.NextDouble()) / samples.Count * inside.Count)];
            PatientPoint p = coarse.ToPatient(new VoxelPoint(
                voxel % coarse.Columns + random.NextDouble() - 0.5,
                voxel / coarse.Columns % coarse.Rows + random.NextDouble() - 0.5,
                voxel / area + random.NextDouble() - 0.5));
            PatientVector d = p - head.Center;
            (samples.X[n], samples.Y[n], samples.Z[n]) = ((float)d.X, (float)d.Y, (float)d.Z);
            samples.Bin[n] = (byte)(Value(image, image.Geometry.ToVoxel(p)) + 0.5f);
        }

        return samples;
    }

    /// <summary>The samples of the head's mirror image, left and right exchanged about the centre.</summary>
    public FixedSamples Mirrored()
    {
        FixedSamples mirrored = new(Center, Count);
        for (int n = 0; n < Count; n++)
            (mirrored.X[n], mirrored.Y[n], mirrored.Z[n], mirrored.Bin[n]) = (-X[n], Y[n], Z[n], Bin[n]);
        return mirrored;
    }

    /// <summary>Those of them for which <paramref name="inside"/> holds.</summary>
    public FixedSamples Where(Func<PatientVector, bool> inside)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(n => inside(new PatientVector(X[n], Y[n], Z[n])))];
        FixedSamples part = new(Center, kept.Length / Vector256<float>.Count * Vector256<float>.Count);
        for (int n = 0; n < part.Count; n++)
            (part.X[n], part.Y[n], part.Z[n], part.Bin[n]) = (X[kept[n]], Y[kept[n]], Z[kept[n]], Bin[kept[n]]);
        return part;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Value(Volume<float> image, VoxelPoint p)
    {
        VolumeGeometry g = image.Geometry;
        (int i, int i1, float u) = Bracket(p.I, g.Columns);
        (int j, int j1, float v) = Bracket(p.J, g.Rows);
        (int k, int k1, float w) = Bracket(p.K, g.Slices);
        return Lerp(InPlane(image.Slice(k)), InPlane(image.Slice(k1)), w);

        float InPlane(ReadOnlySpan<float> slice)
        {
            ReadOnlySpan<float> near = slice.Slice(j * g.Columns, g.Columns), far = slice.Slice(j1 * g.Columns, g.Columns);
            return Lerp(Lerp(near[i], near[i1], u), Lerp(far[i], far[i1], u), v);
        }
    }

    private static float Lerp(float a, float b, float t) => a + (b - a) * t;

    private static (int Lower, int Upper, float Fraction) Bracket(double position, int count)
    {
        double clamped = Math.Clamp(position, 0, count - 1);
        int lower = (int)clamped;
        return (lower, Math.Min(lower + 1, count - 1), (float)(clamped - lower));
    }
}
