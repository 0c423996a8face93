using System.Numerics;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Blurs small cubes of one size by a Gaussian that is cut off at three standard deviations; beyond the border the image goes on as it is there.
/// Along each axis that is one product with a matrix of the edge's size. For one thread.
/// </summary>
internal sealed class GaussianCubeBlur
{
    private readonly int _edge;
    private readonly float[] _weights;
    private readonly float[] _transposed;
    private readonly float[] _between;

    /// <param name="edge">Voxels along an edge.</param>
    /// <param name="scale">Standard deviation in voxels.</param>
    public GaussianCubeBlur(int edge, double scale)
    {
        _edge = edge;
        (_weights, _transposed, _between) = (new float[edge * edge], new float[edge * edge], new float[edge * edge * edge]);
        int reach = (int)Math.Ceiling(3 * scale);
        double[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(x => Math.Exp(-x * x / (2 * scale * scale)))];
        double sum = kernel.Sum();
        for (int to = 0; to < edge; to++)
        {
            for (int k = 0; k < kernel.Length; k++)
            {
                int from = Math.Clamp(to + k - reach, 0, edge - 1);
                _weights[to * edge + from] += (float)(kernel[k] / sum);
                _transposed[from * edge + to] = _weights[to * edge + from];
            }
        }
    }

    /// <summary>Blurs one cube into another.</summary>
    public void Apply(ReadOnlySpan<float> cube, Span<float> blurred)
    {
        int area = _edge * _edge;
        Multiply(_weights, cube, blurred, area);
        for (int k = 0; k < _edge; k++)
        {
            Span<float> plane = _between.AsSpan(k * area, area);
            Multiply(_weights, blurred.Slice(k * area, area), plane, _edge);
            Multiply(plane, _transposed, blurred.Slice(k * area, area), _edge);
        }
    }

    /// <summary>[edge, edge] × [edge, width] to [edge, width].</summary>
    private void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int width)
    {
        product[..(_edge * width)].Clear();
        for (int row = 0; row < _edge; row++)
        {
            for (int n = 0; n < _edge; n++)
                AddScaled(right.Slice(n * width, width), left[row * _edge + n], product.Slice(row * width, width));
        }
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
