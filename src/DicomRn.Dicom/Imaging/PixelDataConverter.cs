using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Turns frames of 8-bit colour samples from one form into another (PS3.3 C.7.6.3.1.2, C.7.6.3.1.3).</summary>
public static class PixelDataConverter
{
    /// <summary>R1 G1 B1 R2 … to R1 R2 … G1 G2 … B1 B2 ….</summary>
    public static IByteBuffer InterleavedToPlanar24(IByteBuffer data)
    {
        byte[] pixels = data.Data, planes = new byte[pixels.Length];
        int count = pixels.Length / 3;
        for (int sample = 0; sample < 3; sample++)
        {
            for (int n = 0; n < count; n++)
                planes[(sample * count) + n] = pixels[(3 * n) + sample];
        }

        return new MemoryByteBuffer(planes);
    }

    /// <summary>R1 R2 … G1 G2 … B1 B2 … to R1 G1 B1 R2 ….</summary>
    public static IByteBuffer PlanarToInterleaved24(IByteBuffer data)
    {
        byte[] planes = data.Data, pixels = new byte[planes.Length];
        int count = planes.Length / 3;
        for (int sample = 0; sample < 3; sample++)
        {
            for (int n = 0; n < count; n++)
                pixels[(3 * n) + sample] = planes[(sample * count) + n];
        }

        return new MemoryByteBuffer(pixels);
    }

    /// <summary>YBR_FULL, pixel by pixel, to RGB.</summary>
    public static IByteBuffer YbrFullToRgb(IByteBuffer data)
    {
        byte[] ybr = data.Data, rgb = new byte[ybr.Length];
        for (int n = 0; n + 2 < ybr.Length; n += 3)
            Full(ybr[n], ybr[n + 1], ybr[n + 2], rgb.AsSpan(n));
        return new MemoryByteBuffer(rgb);
    }

    /// <summary>YBR_FULL_422 to RGB; both pixels of a pair have its chrominance.</summary>
    /// <param name="data">Y1 Y2 Cb Cr for every two pixels; rows of odd width end in a pair whose second pixel is none.</param>
    /// <param name="width">Columns.</param>
    public static IByteBuffer YbrFull422ToRgb(IByteBuffer data, int width) =>
        YbrFullToRgb(new MemoryByteBuffer(ChrominancePairs.Expand(data.Data, width)));

    /// <summary>YBR_PARTIAL_422 to RGB: luminance from 16 to 235, chrominance from 16 to 240.</summary>
    /// <param name="data">Y1 Y2 Cb Cr for every two pixels; rows of odd width end in a pair whose second pixel is none.</param>
    /// <param name="width">Columns.</param>
    public static IByteBuffer YbrPartial422ToRgb(IByteBuffer data, int width)
    {
        byte[] ybr = ChrominancePairs.Expand(data.Data, width), rgb = new byte[ybr.Length];
        for (int n = 0; n + 2 < ybr.Length; n += 3)
        {
            float y = 255f / 219 * (ybr[n] - 16), blue = 255f / 224 * (ybr[n + 1] - 128), red = 255f / 224 * (ybr[n + 2] - 128);
            Store(y, blue, red, rgb.AsSpan(n));
        }

        return new MemoryByteBuffer(rgb);
    }

    private static void Full(byte y, byte blue, byte red, Span<byte> rgb) => Store(y, blue - 128, red - 128, rgb);

    // ITU-R BT.601.
    private static void Store(float y, float blue, float red, Span<byte> rgb)
    {
        rgb[0] = (byte)Math.Clamp(y + (1.402f * red) + 0.5f, 0, 255);
        rgb[1] = (byte)Math.Clamp(y - (0.344136f * blue) - (0.714136f * red) + 0.5f, 0, 255);
        rgb[2] = (byte)Math.Clamp(y + (1.772f * blue) + 0.5f, 0, 255);
    }
}
