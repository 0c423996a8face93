using System.Numerics;
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
    public static SpatialCorrelation Of(AnalysisRegion region)
    {
        VoxelBox box = region.Box;
        int width = PowerOfTwo(2 * box.Columns - 1), height = PowerOfTwo(2 * box.Rows - 1);
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

        Parallel.ForEach(pairs.Concat(squares), plane => Transform(plane, width, height));
        Complex[][] masks = new Complex[box.Slices][], deviations = new Complex[box.Slices][];
        Parallel.For(0, box.Slices, k => (masks[k], deviations[k]) = Separate(pairs[k], width, height));

        // Added up in the order of the distances: the same image gives the same number, to the last bit.
        (double Weights, double Products, double Squares)[] sums = new (double, double, double)[box.Slices];
        Parallel.For(0, box.Slices, distance =>
        {
            double[] kernel = Kernel(distance, width, height, region.Grid);
            double w = 0, p = 0, s = 0;
            for (int k = 0; k + distance < box.Slices; k++)
            {
                w += Sum(masks[k], masks[k + distance], kernel);
                p += Sum(deviations[k], deviations[k + distance], kernel);
                s += Sum(squares[k], masks[k + distance], kernel) + Sum(squares[k + distance], masks[k], kernel);
            }

            // The pairs within a slice come up twice in s; those between slices in one order only.
            double both = distance == 0 ? 1 : 2;
            sums[distance] = (both * w, both * p, distance == 0 ? s / 2 : s);
        });

        double weights = sums.Sum(sum => sum.Weights), products = sums.Sum(sum => sum.Products), ofSquares = sums.Sum(sum => sum.Squares);
        double count = region.Values.Length, differences = 2 * ofSquares - 2 * products;
        return new SpatialCorrelation(count / weights * products / variance, (count - 1) / (2 * weights) * differences / variance);

        Complex[][] Planes() => [.. Enumerable.Range(0, box.Slices).Select(_ => new Complex[width * height])];
    }

    private static int PowerOfTwo(int atLeast) => (int)BitOperations.RoundUpToPowerOf2((uint)atLeast);

    private static void Transform(Complex[] plane, int width, int height)
    {
        Complex[] line = new Complex[width];
        for (int j = 0; j < height; j++)
        {
            Array.Copy(plane, j * width, line, 0, width);
            Fourier.Forward(line, FourierOptions.AsymmetricScaling);
            Array.Copy(line, 0, plane, j * width, width);
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

    // Transforms of the real and of the imaginary part of what was transformed.
    private static (Complex[] Real, Complex[] Imaginary) Separate(Complex[] plane, int width, int height)
    {
        Complex[] real = new Complex[plane.Length], imaginary = new Complex[plane.Length];
        for (int j = 0; j < height; j++)
        {
            for (int i = 0; i < width; i++)
            {
                Complex f = plane[j * width + i], g = Complex.Conjugate(plane[(height - j) % height * width + (width - i) % width]);
                real[j * width + i] = (f + g) / 2;
                imaginary[j * width + i] = (f - g) / (2 * Complex.ImaginaryOne);
            }
        }

        return (real, imaginary);
    }

    private static double[] Kernel(int distance, int width, int height, VolumeGeometry grid)
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
        return Array.ConvertAll(kernel, c => c.Real / kernel.Length);
    }

    private static double Sum(Complex[] a, Complex[] b, double[] kernel)
    {
        double sum = 0;
        for (int n = 0; n < kernel.Length; n++)
            sum += kernel[n] * (a[n].Real * b[n].Real + a[n].Imaginary * b[n].Imaginary);
        return sum;
    }
}
