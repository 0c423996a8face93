namespace DicomRn.Dicom.Imaging.Render;

/// <summary>Red, green and blue of 8 bits each, pixel by pixel.</summary>
internal sealed class ColorPixelData24(int width, int height, byte[] rgb) : IPixelData
{
    public int Width => width;

    public int Height => height;

    public int Components => 3;

    public double GetPixel(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)width);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)height);
        int at = 3 * ((y * width) + x);
        return (rgb[at] << 16) | (rgb[at + 1] << 8) | rgb[at + 2];
    }
}
