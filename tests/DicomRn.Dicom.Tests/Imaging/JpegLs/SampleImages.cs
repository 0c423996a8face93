using CsCheck;
using DicomRn.Dicom.Imaging.Codec;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

/// <summary>Images in which runs, edges and noise alternate, so that every mode of the coder is met.</summary>
internal static class SampleImages
{
    /// <summary>Images of 2–16 bits, of odd sizes, grey or of three components.</summary>
    public static Gen<CodestreamImage> Any { get; } =
        Gen.Select(Gen.Int[2, 16], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Bool, Gen.Int[0, 3], Gen.Int)
            .Select((precision, width, height, isColour, kind, seed) => Create(precision, new(width, height, isColour ? 3 : 1), kind, seed));

    /// <param name="precision">Bits.</param>
    /// <param name="shape">Size.</param>
    /// <param name="kind">0 noise, 1 flat with few edges, 2 a ramp with a little noise, 3 all of them side by side.</param>
    /// <param name="seed">Of the noise.</param>
    public static CodestreamImage Create(int precision, CodestreamShape shape, int kind, int seed)
    {
        Random random = new(seed);
        int max = (1 << precision) - 1;
        int[] samples = new int[shape.Width * shape.Height * shape.Components];
        int flat = random.Next(max + 1);
        for (int i = 0; i < samples.Length; i++)
        {
            int x = i / shape.Components % shape.Width, y = i / shape.Components / shape.Width;
            if (random.Next(50) == 0)
                flat = random.Next(max + 1);
            samples[i] = (kind == 3 ? (x * 3 / shape.Width) + (y % 2) : kind) switch
            {
                0 => random.Next(max + 1),
                1 => flat,
                _ => Math.Clamp((max * (x + y) / (shape.Width + shape.Height)) + random.Next(-2, 3), 0, max),
            };
        }

        return new CodestreamImage(shape, precision, IsSigned: false, samples);
    }
}
