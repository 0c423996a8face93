using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Single-bit frames, packed from the least significant bit on, without gaps between frames (PS3.5 8.1.1, D).</summary>
internal static class PackedBits
{
    /// <summary>A stretch of bits, shifted so that it begins at bit 0 of the first byte.</summary>
    /// <exception cref="DicomDataException">The buffer ends before.</exception>
    public static byte[] Extract(IByteBuffer buffer, long firstBit, long bitCount)
    {
        long first = firstBit / 8;
        int shift = (int)(firstBit % 8);
        byte[] source = new byte[(shift + bitCount + 7) / 8];
        if (first + source.Length > buffer.Size)
            throw new DicomDataException($"Pixel Data has {buffer.Size} bytes; a frame ends at byte {first + source.Length}.");
        buffer.GetByteRange(first, source.Length, source);
        byte[] bits = new byte[(bitCount + 7) / 8];
        for (int i = 0; i < bits.Length; i++)
        {
            int value = source[i] >> shift;
            if (shift > 0 && i + 1 < source.Length)
                value |= source[i + 1] << (8 - shift);
            bits[i] = (byte)value;
        }

        Clear(bits, bitCount);
        return bits;
    }

    /// <summary>Puts bits after <paramref name="usedBits"/> bits; the array given is reused while it has room.</summary>
    public static byte[] Append(byte[] packed, long usedBits, byte[] bits, long bitCount)
    {
        int size = checked((int)((usedBits + bitCount + 7) / 8));
        if (packed.Length < size)
            Array.Resize(ref packed, Math.Max(size, (int)Math.Min(Array.MaxLength, 2L * packed.Length)));
        Clear(packed, usedBits);
        int at = (int)(usedBits / 8), shift = (int)(usedBits % 8);
        long count = (bitCount + 7) / 8;
        for (int i = 0; i < count; i++)
        {
            byte value = bits[i];
            if (i == count - 1 && bitCount % 8 != 0)
                value &= (byte)((1 << (int)(bitCount % 8)) - 1);
            packed[at + i] |= (byte)(value << shift);
            if (shift > 0 && at + i + 1 < packed.Length)
                packed[at + i + 1] |= (byte)(value >> (8 - shift));
        }

        return packed;
    }

    private static void Clear(byte[] bits, long from)
    {
        long at = from / 8;
        if (at >= bits.Length)
            return;
        bits[at] &= (byte)((1 << (int)(from % 8)) - 1);
        bits.AsSpan((int)at + 1).Clear();
    }
}
