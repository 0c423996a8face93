using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Intensities as positions on a scale of bins. Half of the scale is linear between the extreme quantiles of the head, half follows the
/// share of voxels below (as equalisation does): so the bins tell apart the soft tissues of a CT beside its bone, and the brain beside
/// bright fat.
/// </summary>
internal sealed class IntensityScale
{
    /// <summary>Bins of the joint histogram along each axis.</summary>
    public const int Bins = 32;

    /// <summary>No image value counts as less: a CT writes −2000 and less outside its field of view.</summary>
    public const float Air = -1024;

    // A cubic window reaches one bin down and two up.
    private const float Lowest = 1, Highest = Bins - 3.01f;
    private const int Steps = 2048;

    private readonly float _low;
    private readonly float _factor;
    private readonly float[] _positions;

    private IntensityScale(float low, float high, float[] positions) =>
        (_low, _factor, _positions) = (low, Steps / (high - low), positions);

    /// <summary>The scale of the values inside a mask, without their shading.</summary>
    public static IntensityScale Of(Volume<float> image, Volume<byte> mask, ShadingField shading)
    {
        VolumeGeometry g = image.Geometry;
        List<float> values = [];
        float[] gains = new float[g.Columns];
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (n % g.Columns == 0)
                shading.Fill(g, n / g.Columns % g.Rows, n / (g.Columns * g.Rows), gains);
            if (mask.Voxels[n] != 0)
                values.Add(image.Voxels[n] * gains[n % g.Columns]);
        }

        float[] sorted = [.. values];
        Array.Sort(sorted);
        float low = sorted[(int)(0.002 * (sorted.Length - 1))], high = sorted[(int)(0.995 * (sorted.Length - 1))];
        if (!(high > low))
            high = low + Math.Max(1, Math.Abs(low));
        float[] positions = new float[Steps + 1];
        for (int n = 0, below = 0; n <= Steps; n++)
        {
            float value = low + (high - low) * n / Steps;
            while (below < sorted.Length && sorted[below] < value)
                below++;
            positions[n] = Lowest + (Highest - Lowest) * 0.5f * ((float)n / Steps + (float)below / sorted.Length);
        }

        return new IntensityScale(low, high, positions);
    }

    /// <summary>The image, without its shading, on this scale: at least 1, below <see cref="Bins"/> − 3.</summary>
    public Volume<float> Apply(Volume<float> image, ShadingField shading)
    {
        VolumeGeometry g = image.Geometry;
        Volume<float> result = new(g);
        Parallel.For(0, g.Slices, k =>
        {
            float[] gains = new float[g.Columns];
            for (int j = 0; j < g.Rows; j++)
            {
                Span<float> from = image.Slice(k).Slice(j * g.Columns, g.Columns), to = result.Slice(k).Slice(j * g.Columns, g.Columns);
                shading.Fill(g, j, k, gains);
                for (int i = 0; i < from.Length; i++)
                {
                    float at = Math.Clamp((from[i] * gains[i] - _low) * _factor, 0, Steps - 0.01f);
                    int step = (int)at;
                    to[i] = _positions[step] + (_positions[step + 1] - _positions[step]) * (at - step);
                }
            }
        });
        return result;
    }
}
