using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>
/// The cubic B-spline that passes through every voxel of a volume: recursive prefilter with mirrored borders and a
/// 4×4×4 evaluation (Unser, IEEE Signal Process. Mag. 16(6), 1999).
/// </summary>
internal sealed class CubicBSpline
{
    private static readonly double Pole = Math.Sqrt(3) - 2;
    private readonly VolumeGeometry _grid;
    private readonly double[] _coefficients;

    public CubicBSpline(Volume<float> source)
    {
        _grid = source.Geometry;
        _coefficients = Array.ConvertAll(source.Voxels, v => (double)v);
        int columns = _grid.Columns, rows = _grid.Rows, slices = _grid.Slices, plane = columns * rows;
        FilterLines(rows * slices, columns, line => (line * columns, 1));
        FilterLines(columns * slices, rows, line => (line / columns * plane + line % columns, columns));
        FilterLines(plane, slices, line => (line, plane));
    }

    public float Sample(VoxelPoint p)
    {
        Span<int> i = stackalloc int[4], j = stackalloc int[4], k = stackalloc int[4];
        Span<double> u = stackalloc double[4], v = stackalloc double[4], w = stackalloc double[4];
        Weights(p.I, _grid.Columns, i, u);
        Weights(p.J, _grid.Rows, j, v);
        Weights(p.K, _grid.Slices, k, w);
        double sum = 0;
        for (int c = 0; c < 4; c++)
        {
            for (int b = 0; b < 4; b++)
            {
                ReadOnlySpan<double> row = _coefficients.AsSpan((k[c] * _grid.Rows + j[b]) * _grid.Columns, _grid.Columns);
                sum += w[c] * v[b] * (u[0] * row[i[0]] + u[1] * row[i[1]] + u[2] * row[i[2]] + u[3] * row[i[3]]);
            }
        }

        return (float)sum;
    }

    private static void Weights(double position, int count, Span<int> indices, Span<double> weights)
    {
        double x = Math.Clamp(position, 0, count - 1);
        int first = (int)Math.Floor(x);
        double t = x - first, s = 1 - t;
        weights[0] = s * s * s / 6;
        weights[1] = 2.0 / 3 - t * t * (2 - t) / 2;
        weights[2] = 2.0 / 3 - s * s * (2 - s) / 2;
        weights[3] = t * t * t / 6;
        for (int n = 0; n < 4; n++)
            indices[n] = Mirror(first - 1 + n, count);
    }

    private static int Mirror(int index, int count)
    {
        if (count == 1)
            return 0;
        int period = 2 * (count - 1);
        int m = Math.Abs(index) % period;
        return m < count ? m : period - m;
    }

    private void FilterLines(int lines, int count, Func<int, (int Start, int Stride)> place)
    {
        if (count < 2)
            return;
        Parallel.For(0, lines, () => new double[count], (line, _, buffer) =>
        {
            (int start, int stride) = place(line);
            for (int n = 0; n < count; n++)
                buffer[n] = _coefficients[start + n * stride];
            Prefilter(buffer);
            for (int n = 0; n < count; n++)
                _coefficients[start + n * stride] = buffer[n];
            return buffer;
        }, _ => { });
    }

    private static void Prefilter(double[] c)
    {
        int count = c.Length;
        const double Gain = 6; // (1 − z)(1 − 1/z) of the pole
        for (int n = 0; n < count; n++)
            c[n] *= Gain;

        // Exact start value for a mirrored signal: the geometric sum over one period.
        double zn = Pole, iz = 1 / Pole, z2n = Math.Pow(Pole, count - 1);
        double sum = c[0] + z2n * c[count - 1];
        z2n *= z2n * iz;
        for (int n = 1; n < count - 1; n++)
        {
            sum += (zn + z2n) * c[n];
            zn *= Pole;
            z2n *= iz;
        }

        c[0] = sum / (1 - zn * zn);
        for (int n = 1; n < count; n++)
            c[n] += Pole * c[n - 1];
        c[count - 1] = Pole / (Pole * Pole - 1) * (Pole * c[count - 2] + c[count - 1]);
        for (int n = count - 2; n >= 0; n--)
            c[n] = Pole * (c[n + 1] - c[n]);
    }
}
