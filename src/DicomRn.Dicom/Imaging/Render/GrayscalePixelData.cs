using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Render;

/// <summary>Single samples of 1 to 32 bits in cells of 1, 8, 16, 24 or 32 bits, little endian.</summary>
internal sealed class GrayscalePixelData(int width, int height, BitDepth depth, byte[] cells) : IPixelData
{
    public int Width => width;

    public int Height => height;

    public int Components => 1;

    public double GetPixel(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)width);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)height);
        int at = (y * width) + x;
        if (depth.BitsAllocated == 1)
            return (cells[at >> 3] >> (at & 7)) & 1;
        uint cell = depth.BitsAllocated switch
        {
            8 => cells[at],
            16 => BinaryPrimitives.ReadUInt16LittleEndian(cells.AsSpan(2 * at)),
            24 => BinaryPrimitives.ReadUInt16LittleEndian(cells.AsSpan(3 * at)) | ((uint)cells[(3 * at) + 2] << 16),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(cells.AsSpan(4 * at)),
        };

        // Bits above the high bit and below the sample may hold an overlay: shifting drops them and extends the sign.
        uint top = cell << (31 - depth.HighBit);
        int unused = 32 - depth.BitsStored;
        return depth.IsSigned ? (int)top >> unused : top >> unused;
    }
}
