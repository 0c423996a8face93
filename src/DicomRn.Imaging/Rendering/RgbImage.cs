using SkiaSharp;

namespace DicomRn.Imaging.Rendering;

/// <summary>A colour picture of 8 bits a channel, as a Secondary Capture of Planar Configuration 0 holds it.</summary>
public sealed class RgbImage
{
    /// <summary>Takes over <paramref name="pixels"/> without a copy.</summary>
    /// <exception cref="ArgumentException">Not three bytes per pixel.</exception>
    public RgbImage(int columns, int rows, byte[] pixels)
    {
        if (pixels.Length != columns * rows * 3)
            throw new ArgumentException($"{pixels.Length} bytes for {columns}×{rows} RGB pixels.", nameof(pixels));
        (Columns, Rows, Pixels) = (columns, rows, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Red, green, blue of each pixel, row by row from the top left.</summary>
    public byte[] Pixels { get; }

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng()
    {
        using SKBitmap bitmap = new(new SKImageInfo(Columns, Rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> target = bitmap.GetPixelSpan();
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int from = (row * Columns + column) * 3, to = row * bitmap.RowBytes + column * 4;
                Pixels.AsSpan(from, 3).CopyTo(target[to..]);
                target[to + 3] = 255;
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    internal static RgbImage From(SKBitmap bitmap)
    {
        byte[] pixels = new byte[bitmap.Width * bitmap.Height * 3];
        ReadOnlySpan<byte> source = bitmap.GetPixelSpan();
        for (int row = 0; row < bitmap.Height; row++)
        {
            for (int column = 0; column < bitmap.Width; column++)
            {
                int from = row * bitmap.RowBytes + column * 4;
                source.Slice(from, 3).CopyTo(pixels.AsSpan((row * bitmap.Width + column) * 3));
            }
        }

        return new RgbImage(bitmap.Width, bitmap.Height, pixels);
    }
}
