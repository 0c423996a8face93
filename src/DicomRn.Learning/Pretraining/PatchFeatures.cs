using System.Numerics;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Plain features of patches: mean and standard deviation of the intensity, of three bands of it and of the length of its gradient at two scales.
/// Bands are differences between the image and its blurs with Gaussians of 1, 2 and 4 voxels, gradients those of the first two blurs. Beyond the border
/// the image goes on as it is there. For one thread: it keeps its memory from one cube to the next.
/// </summary>
internal sealed class PatchFeatures
{
    /// <summary>Numbers per patch.</summary>
    public const int Count = 2 * Channels;

    private const int Channels = 6;
    private const double LeastVariance = 1e-8;
    private readonly int _edge;
    private readonly int _patchSize;
    private readonly int _width;
    private readonly GaussianCubeBlur _fine;
    private readonly GaussianCubeBlur _middle;
    private readonly GaussianCubeBlur _coarse;
    private readonly float[] _fineCube;
    private readonly float[] _middleCube;
    private readonly float[] _coarseCube;
    private readonly float[] _rows;
    private readonly float[] _sums;

    /// <param name="edge">Voxels along an edge of the cubes.</param>
    /// <param name="patchSize">Voxels along an edge of a patch.</param>
    public PatchFeatures(int edge, int patchSize)
    {
        (_edge, _patchSize) = (edge, patchSize);
        _width = (edge + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        (_fine, _middle, _coarse) = (new GaussianCubeBlur(edge, 1), new GaussianCubeBlur(edge, 2), new GaussianCubeBlur(edge, 4));
        (_fineCube, _middleCube, _coarseCube) = (new float[edge * edge * edge], new float[edge * edge * edge], new float[edge * edge * edge]);
        _rows = new float[RowKind.Count * (_width + 2)];
        _sums = new float[Count * _width];
    }

    /// <summary>All patches of a cube.</summary>
    public int Patches => _edge / _patchSize * (_edge / _patchSize) * (_edge / _patchSize);

    /// <summary>Writes [patches, features]: of each patch all means, then all standard deviations; patches in the order of the tokens.</summary>
    public void Write(ReadOnlySpan<float> cube, Span<float> features)
    {
        _fine.Apply(cube, _fineCube);
        _middle.Apply(cube, _middleCube);
        _coarse.Apply(cube, _coarseCube);
        int n = _edge / _patchSize;
        for (int pz = 0; pz < n; pz++)
        {
            for (int py = 0; py < n; py++)
            {
                Array.Clear(_sums);
                for (int z = pz * _patchSize; z < (pz + 1) * _patchSize; z++)
                {
                    for (int y = py * _patchSize; y < (py + 1) * _patchSize; y++)
                    {
                        CopyRows(cube, y, z);
                        AddRow();
                    }
                }

                WriteRow(features.Slice((pz * n + py) * n * Count, n * Count));
            }
        }
    }

    /// <summary>What the row of voxels and its neighbours hold, each from the second place of a row of its own.</summary>
    private void CopyRows(ReadOnlySpan<float> cube, int y, int z)
    {
        int last = _edge - 1, before = Math.Max(0, y - 1), after = Math.Min(last, y + 1), below = Math.Max(0, z - 1), above = Math.Min(last, z + 1);
        Copy(cube, y, z, RowKind.Image);
        Copy(_coarseCube, y, z, RowKind.Coarse);
        Copy(_fineCube, y, z, RowKind.Fine);
        Copy(_fineCube, before, z, RowKind.Fine + RowKind.Before);
        Copy(_fineCube, after, z, RowKind.Fine + RowKind.After);
        Copy(_fineCube, y, below, RowKind.Fine + RowKind.Below);
        Copy(_fineCube, y, above, RowKind.Fine + RowKind.Above);
        Copy(_middleCube, y, z, RowKind.Middle);
        Copy(_middleCube, before, z, RowKind.Middle + RowKind.Before);
        Copy(_middleCube, after, z, RowKind.Middle + RowKind.After);
        Copy(_middleCube, y, below, RowKind.Middle + RowKind.Below);
        Copy(_middleCube, y, above, RowKind.Middle + RowKind.Above);
    }

    private void Copy(ReadOnlySpan<float> from, int y, int z, int row)
    {
        Span<float> to = Row(row);
        from.Slice((z * _edge + y) * _edge, _edge).CopyTo(to[1..]);
        to[0] = to[1];
        to[_edge + 1] = to[_edge];
    }

    private void AddRow()
    {
        for (int x = 0; x < _width; x += Vector<float>.Count)
        {
            Vector<float> image = Load(RowKind.Image, x), fine = Load(RowKind.Fine, x), middle = Load(RowKind.Middle, x);
            Add(0, x, image);
            Add(1, x, image - fine);
            Add(2, x, fine - middle);
            Add(3, x, middle - Load(RowKind.Coarse, x));
            Add(4, x, GradientLength(RowKind.Fine, x));
            Add(5, x, GradientLength(RowKind.Middle, x));
        }
    }

    private Vector<float> GradientLength(int row, int x)
    {
        Vector<float> alongX = new Vector<float>(Row(row)[(x + 2)..]) - new Vector<float>(Row(row)[x..]);
        Vector<float> alongY = Load(row + RowKind.After, x) - Load(row + RowKind.Before, x), alongZ = Load(row + RowKind.Above, x) - Load(row + RowKind.Below, x);
        return Vector.SquareRoot(alongX * alongX + alongY * alongY + alongZ * alongZ) * 0.5f;
    }

    private void Add(int channel, int x, Vector<float> values)
    {
        Span<float> sum = _sums.AsSpan(channel * _width + x), squares = _sums.AsSpan((Channels + channel) * _width + x);
        (new Vector<float>(sum) + values).CopyTo(sum);
        (new Vector<float>(squares) + values * values).CopyTo(squares);
    }

    private void WriteRow(Span<float> features)
    {
        double voxels = (double)_patchSize * _patchSize * _patchSize;
        for (int patch = 0; patch < _edge / _patchSize; patch++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                double mean = Sum(channel, patch) / voxels, squares = Sum(Channels + channel, patch) / voxels;
                features[patch * Count + channel] = (float)mean;
                features[patch * Count + Channels + channel] = (float)Math.Sqrt(Math.Max(LeastVariance, squares - mean * mean));
            }
        }
    }

    private double Sum(int row, int patch)
    {
        double sum = 0;
        foreach (float value in _sums.AsSpan(row * _width + patch * _patchSize, _patchSize))
            sum += value;
        return sum;
    }

    private Vector<float> Load(int row, int x) => new(Row(row)[(x + 1)..]);

    private Span<float> Row(int row) => _rows.AsSpan(row * (_width + 2), _width + 2);

    private static class RowKind
    {
        public const int Image = 0;
        public const int Coarse = 1;
        public const int Fine = 2;
        public const int Middle = 7;
        public const int Count = 12;

        // From the row itself to those beside it.
        public const int Before = 1;
        public const int After = 2;
        public const int Below = 3;
        public const int Above = 4;
    }
}
