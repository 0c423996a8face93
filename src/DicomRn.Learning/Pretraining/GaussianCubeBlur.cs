using System.Numerics;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Blurs cubes of one size by a Gaussian that is cut off at three standard deviations; beyond the border the image goes on as it is there. For one thread.
/// </summary>
internal sealed class GaussianCubeBlur
{
    private readonly int _edge;
    private readonly int _reach;
    private readonly float[] _kernel;
    private readonly float[] _wide;
    private readonly float[] _plane;

    /// <param name="edge">Voxels along an edge.</param>
    /// <param name="scale">Standard deviation in voxels.</param>
    public GaussianCubeBlur(int edge, double scale)
    {
        (_edge, _reach) = (edge, (int)Math.Ceiling(3 * scale));
        double[] weights = [.. Enumerable.Range(-_reach, 2 * _reach + 1).Select(x => Math.Exp(-x * x / (2 * scale * scale)))];
        double sum = weights.Sum();
        _kernel = Array.ConvertAll(weights, w => (float)(w / sum));
        _wide = new float[edge * (edge + 2 * _reach)];
        _plane = new float[_wide.Length];
    }

    /// <summary>Blurs one cube into another.</summary>
    public void Apply(ReadOnlySpan<float> cube, Span<float> blurred)
    {
        int area = _edge * _edge;
        blurred.Clear();
        for (int k = 0; k < _edge; k++)
        {
            for (int n = 0; n < _kernel.Length; n++)
                AddScaled(cube.Slice(Math.Clamp(k + n - _reach, 0, _edge - 1) * area, area), _kernel[n], blurred.Slice(k * area, area));
        }

        for (int k = 0; k < _edge; k++)
        {
            AlongRows(blurred.Slice(k * area, area));
            AlongColumns(blurred.Slice(k * area, area));
        }
    }

    /// <summary>Each row as the sum of those before and after it.</summary>
    private void AlongRows(Span<float> plane)
    {
        for (int j = -_reach; j < _edge + _reach; j++)
            plane.Slice(Math.Clamp(j, 0, _edge - 1) * _edge, _edge).CopyTo(_wide.AsSpan((j + _reach) * _edge));
        plane.Clear();
        for (int n = 0; n < _kernel.Length; n++)
            AddScaled(_wide.AsSpan(n * _edge, plane.Length), _kernel[n], plane);
    }

    /// <summary>Within rows, all rows of a plane at once: each goes on beyond its ends, and what is summed there is thrown away.</summary>
    private void AlongColumns(Span<float> plane)
    {
        int width = _edge + 2 * _reach;
        for (int j = 0; j < _edge; j++)
        {
            ReadOnlySpan<float> row = plane.Slice(j * _edge, _edge);
            Span<float> wide = _wide.AsSpan(j * width, width);
            wide[.._reach].Fill(row[0]);
            row.CopyTo(wide[_reach..]);
            wide[(_reach + _edge)..].Fill(row[^1]);
        }

        Span<float> sums = _plane.AsSpan(0, _wide.Length - 2 * _reach);
        sums.Clear();
        for (int n = 0; n < _kernel.Length; n++)
            AddScaled(_wide.AsSpan(n, sums.Length), _kernel[n], sums);
        for (int j = 0; j < _edge; j++)
            _plane.AsSpan(j * width, _edge).CopyTo(plane.Slice(j * _edge, _edge));
    }

    private static void AddScaled(ReadOnlySpan<float> from, float factor, Span<float> to)
    {
        int n = 0;
        for (; n <= from.Length - Vector<float>.Count; n += Vector<float>.Count)
            (new Vector<float>(to[n..]) + new Vector<float>(from[n..]) * factor).CopyTo(to[n..]);
        for (; n < from.Length; n++)
            to[n] += from[n] * factor;
    }
}
