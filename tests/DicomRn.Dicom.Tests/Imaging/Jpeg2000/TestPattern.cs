using DicomRn.Dicom.Imaging.Codec;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>Made-up images: ramps, edges and noise, the same wherever they are made.</summary>
internal sealed record TestPattern(int Width, int Height, int Components, int Bits, bool IsSigned)
{
    public CodestreamShape Shape => new(Width, Height, Components);

    /// <summary>Bytes of a sample in a raw file.</summary>
    private int SampleBytes => Bits <= 8 ? 1 : 2;

    /// <summary>Row by row, the samples of a pixel side by side.</summary>
    public int[] Samples()
    {
        int[] samples = new int[Width * Height * Components];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = Sample(i / Components % Width, i / Components / Width, i % Components);
        return samples;
    }

    /// <summary>The raw file that opj_compress reads: little endian, component after component.</summary>
    public byte[] ToRaw()
    {
        byte[] raw = new byte[Width * Height * Components * SampleBytes];
        for (int i = 0; i < raw.Length / SampleBytes; i++)
        {
            int value = Sample(i % Width, i / Width % Height, i / (Width * Height));
            for (int b = 0; b < SampleBytes; b++)
                raw[i * SampleBytes + b] = (byte)(value >> (8 * b));
        }

        return raw;
    }

    /// <summary>Samples of the raw file that opj_decompress writes.</summary>
    public int[] FromRaw(byte[] raw)
    {
        Assert.Equal(Width * Height * Components * SampleBytes, raw.Length);
        int[] samples = new int[Width * Height * Components];
        for (int i = 0; i < samples.Length; i++)
        {
            int at = (i % Components * Width * Height + i / Components) * SampleBytes;
            int value = SampleBytes == 1 ? raw[at] : BitConverter.ToUInt16(raw, at);
            samples[i] = IsSigned ? value << (32 - Bits) >> (32 - Bits) : value;
        }

        return samples;
    }

    private int Sample(int x, int y, int component)
    {
        int range = 1 << Bits;
        int ramp = (x * range / 37 + y * range / 53 + component * range / 5) % (2 * range);
        int value = ramp < range ? ramp : 2 * range - 1 - ramp;
        if ((x / 11 + y / 7) % 3 == 0)
            value = range - 1 - value;
        uint noise = unchecked((uint)x * 0x9E3779B1 + (uint)y * 0x85EBCA77 + (uint)component * 0xC2B2AE3D);
        noise = unchecked((noise ^ noise >> 15) * 0x2C1B3C6D);
        noise ^= noise >> 12;
        value = value - value / 8 + (int)(noise % (uint)(range / 8 + 1));
        return Math.Min(value, range - 1) - (IsSigned ? range / 2 : 0);
    }
}
