using System.Numerics;
using System.Runtime.InteropServices;
using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Radiomics.Preparation;
using MathNet.Numerics.IntegralTransforms;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>
/// Moran's I and Geary's C over all pairs of voxels, weighted by the inverse of their distance (IBSI 3.1.28 and 3.1.29). The sums over
/// pairs are those of correlations, so they are taken slice by slice from Fourier transforms instead of pair by pair.
/// </summary>
/// <param name="Moran">Not a number where all intensities are equal.</param>
/// <param name="Geary">Not a number where all intensities are equal.</param>
internal readonly record struct SpatialCorrelation(double Moran, double Geary)
{
    // So many frequencies of all slices stay in a core's cache while every slice meets every other.
    private const int BlockSize = 64;

    public static SpatialCorrelation Of(AnalysisRegion region)
    {
        VoxelBox box = region.Box;
        int width = PowerOfTwo(2 * box.Columns - 1), height = PowerOfTwo(2 * box.Rows - 1), half = width / 2 + 1, slices = box.Slices;
        double mean = region.Values.Average(), variance = 0;
        // The transform of mask + i·deviation holds both; that of the squared deviations comes beside it.
        Complex[][] pairs = Planes(), squares = Planes();
        for (int n = 0; n < region.Values.Length; n++)
        {
            int at = region.BoxOffset(region.Inside[n]), k = at / (box.Columns * box.Rows);
            int place = at / box.Columns % box.Rows * width + at % box.Columns;
            double deviation = region.Values[n] - mean;
            variance += deviation * deviation;
            pairs[k][place] = new Complex(1, deviation);
            squares[k][place] = deviation * deviation;
        }

        Complex[][] kernels = new Complex[slices][];
        Parallel.For(0, slices, k =>
        {
            Transform(pairs[k], width, height);
            Transform(squares[k], width, height);
            kernels[k] = Kernel(k, width, height, region.Grid);
        });

        // Of real images half of the frequencies tell the other half. A row of them at a time, added up in the order of the rows: the same
        // image gives the same number, to the last bit.
        (double Weights, double Products, double Squares)[] sums = new (double, double, double)[height];
        Parallel.For(0, height, j =>
        {
            for (int first = 0; first < half; first += BlockSize)
                Add(ref sums[j], new Block(pairs, squares, kernels, width, height, j, first, Math.Min(BlockSize, half - first)));
        });

        double weights = sums.Sum(sum => sum.Weights), products = sums.Sum(sum => sum.Products), ofSquares = sums.Sum(sum => sum.Squares);
        double count = region.Values.Length, differences = 2 * ofSquares - 2 * products;
        return new SpatialCorrelation(count / weights * products / variance, (count - 1) / (2 * weights) * differences / variance);

        Complex[][] Planes() => [.. Enumerable.Range(0, slices).Select(_ => new Complex[width * height])];
    }

    private static int PowerOfTwo(int atLeast) => (int)BitOperations.RoundUpToPowerOf2((uint)atLeast);

    private static void Add(ref (double Weights, double Products, double Squares) sums, Block block)
    {
        int slices = block.Slices;
        for (int distance = 0; distance < slices; distance++)
        {
            ReadOnlySpan<double> kernel = block.Kernel(distance);
            double w = 0, p = 0, s = 0;
            for (int k = 0; k + distance < slices; k++)
            {
                w += Sum(block.Masks(k), block.Masks(k + distance), kernel);
                p += Sum(block.Deviations(k), block.Deviations(k + distance), kernel);
                s += Sum(block.Squares(k), block.Masks(k + distance), kernel) + Sum(block.Squares(k + distance), block.Masks(k), kernel);
            }

            // The pairs within a slice come up twice in s; those between slices in one order only.
            double both = distance == 0 ? 1 : 2;
            sums = (sums.Weights + both * w, sums.Products + both * p, sums.Squares + (distance == 0 ? s / 2 : s));
        }
    }

    // Real parts, then imaginary parts: the kernel, which is real, stands twice.
    private static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> kernel)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        ReadOnlySpan<Vector<double>> vk = MemoryMarshal.Cast<double, Vector<double>>(kernel);
        Vector<double> sum = Vector<double>.Zero;
        for (int n = 0; n < vk.Length; n++)
            sum += vk[n] * (va[n] * vb[n]);
        double total = Vector.Sum(sum);
        for (int n = vk.Length * Vector<double>.Count; n < kernel.Length; n++)
            total += kernel[n] * a[n] * b[n];
        return total;
    }

    private static void Transform(Complex[] plane, int width, int height)
    {
        Complex[] line = new Complex[width];
        for (int j = 0; j < height; j++)
        {
            Span<Complex> row = plane.AsSpan(j * width, width);
            // Most rows are of the padding.
            if (!row.ContainsAnyExcept(Complex.Zero))
                continue;
            row.CopyTo(line);
            Fourier.Forward(line, FourierOptions.AsymmetricScaling);
            line.CopyTo(row);
        }

        line = new Complex[height];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < height; j++)
                line[j] = plane[j * width + i];
            Fourier.Forward(line, FourierOptions.AsymmetricScaling);
            for (int j = 0; j < height; j++)
                plane[j * width + i] = line[j];
        }
    }

    private static Complex[] Kernel(int distance, int width, int height, VolumeGeometry grid)
    {
        Complex[] kernel = new Complex[width * height];
        double z = distance * grid.SpacingK;
        for (int j = 0; j < height; j++)
        {
            double y = Math.Min(j, height - j) * grid.SpacingJ;
            for (int i = 0; i < width; i++)
            {
                double x = Math.Min(i, width - i) * grid.SpacingI, squared = x * x + y * y + z * z;
                kernel[j * width + i] = squared > 0 ? 1 / Math.Sqrt(squared) : 0;
            }
        }

        Transform(kernel, width, height);
        return kernel;
    }

    /// <summary>Some frequencies of one row of all slices, one slice after the other: real parts, then imaginary parts.</summary>
    private sealed class Block
    {
        private readonly double[] _masks;
        private readonly double[] _deviations;
        private readonly double[] _squares;
        private readonly double[] _kernels;
        private readonly int _length;

        public Block(Complex[][] pairs, Complex[][] squares, Complex[][] kernels, int width, int height, int row, int first, int count)
        {
            (Slices, _length) = (pairs.Length, 2 * count);
            (_masks, _deviations) = (new double[Slices * _length], new double[Slices * _length]);
            (_squares, _kernels) = (new double[Slices * _length], new double[Slices * _length]);
            int opposite = (height - row) % height * width;
            for (int k = 0; k < Slices; k++)
            {
                for (int n = 0; n < count; n++)
                {
                    int i = first + n, real = (k * _length) + n, imaginary = real + count;
                    // The transforms of the real and of the imaginary part of what was transformed.
                    Complex f = pairs[k][(row * width) + i], g = Complex.Conjugate(pairs[k][opposite + ((width - i) % width)]);
                    (_masks[real], _masks[imaginary]) = ((f.Real + g.Real) / 2, (f.Imaginary + g.Imaginary) / 2);
                    (_deviations[real], _deviations[imaginary]) = ((f.Imaginary - g.Imaginary) / 2, (g.Real - f.Real) / 2);
                    Complex square = squares[k][(row * width) + i];
                    (_squares[real], _squares[imaginary]) = (square.Real, square.Imaginary);
                    // The first and the middle column are their own other half.
                    double weight = i == 0 || 2 * i == width ? 1 : 2;
                    _kernels[real] = _kernels[imaginary] = weight * kernels[k][(row * width) + i].Real / (width * height);
                }
            }
        }

        public int Slices { get; }

        public ReadOnlySpan<double> Masks(int slice) => _masks.AsSpan(slice * _length, _length);

        public ReadOnlySpan<double> Deviations(int slice) => _deviations.AsSpan(slice * _length, _length);

        public ReadOnlySpan<double> Squares(int slice) => _squares.AsSpan(slice * _length, _length);

        public ReadOnlySpan<double> Kernel(int distance) => _kernels.AsSpan(distance * _length, _length);
    }
}
