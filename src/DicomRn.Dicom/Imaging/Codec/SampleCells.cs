using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Samples as integers, and as the cells of a native frame (PS3.5 8.1.1).</summary>
internal static class SampleCells
{
    /// <summary>
    /// Cells of the data set's size, pixel by pixel. Where samples are signed but the codestream cannot say so (all but JPEG 2000),
    /// the sign, its most significant bit, is extended to the cell. Samples of no more bits than the data set stores go where High Bit
    /// says; those of more bits are whole cells.
    /// </summary>
    /// <exception cref="DicomCodecException">Samples have more bits than cells.</exception>
    public static byte[] Write(CodestreamImage image, FrameLayout layout)
    {
        int bits = layout.BitsAllocated;
        if (image.Precision > bits)
            throw new DicomCodecException($"Samples of {image.Precision} bits do not fit into cells of {bits}.");
        ReadOnlySpan<int> samples = image.Samples;
        byte[] cells = new byte[layout.FrameBytes];
        int shift = layout.IsSigned && !image.IsSigned ? 32 - image.Precision : 0;
        int lift = image.Precision <= layout.BitsStored ? Math.Max(0, layout.HighBit - layout.BitsStored + 1) : 0;
        switch (bits)
        {
            case 1:
                for (int i = 0; i < samples.Length; i++)
                    cells[i >> 3] |= (byte)((samples[i] & 1) << (i & 7));
                break;
            case 8:
                for (int i = 0; i < samples.Length; i++)
                    cells[i] = (byte)(samples[i] << shift >> shift << lift);
                break;
            case 16 when BitConverter.IsLittleEndian:
                Span<short> words = MemoryMarshal.Cast<byte, short>(cells.AsSpan());
                for (int i = 0; i < words.Length; i++)
                    words[i] = (short)(samples[i] << shift >> shift << lift);
                break;
            default:
                for (int i = 0, at = 0; i < samples.Length; i++)
                {
                    int value = samples[i] << shift >> shift << lift;
                    for (int b = 0; b < bits; b += 8)
                        cells[at++] = (byte)(value >> b);
                }

                break;
        }

        return cells;
    }

    /// <summary>
    /// The samples of a native frame, unsigned. They have Bits Stored bits, or all of the cell's where bits beyond those hold
    /// something (an overlay) that would be lost.
    /// </summary>
    public static CodestreamImage Read(ReadOnlySpan<byte> cells, FrameLayout layout)
    {
        int[] samples = new int[layout.Samples];
        int pixels = (int)layout.Pixels, components = layout.Shape.Components;
        int next = layout.IsPlanar ? 1 : components, plane = layout.IsPlanar ? pixels : 1;
        for (int c = 0; c < components; c++)
        {
            int at = c * plane;
            for (int p = 0; p < pixels; p++, at += next)
                samples[(p * components) + c] = Cell(cells, at, layout.BitsAllocated);
        }

        if (layout.BitsStored == layout.BitsAllocated)
            return new CodestreamImage(layout.Shape, layout.BitsAllocated, IsSigned: false, samples);
        bool plain = layout.HighBit == layout.BitsStored - 1;
        int unused = 32 - layout.BitsStored, cell = 32 - layout.BitsAllocated;
        for (int i = 0; i < samples.Length && plain; i++)
            plain = layout.IsSigned ? samples[i] << unused >> unused == samples[i] << cell >> cell : samples[i] >>> layout.BitsStored == 0;
        if (!plain)
            return new CodestreamImage(layout.Shape, layout.BitsAllocated, IsSigned: false, samples);
        int mask = (int)((1L << layout.BitsStored) - 1);
        for (int i = 0; i < samples.Length; i++)
            samples[i] &= mask;
        return new CodestreamImage(layout.Shape, layout.BitsStored, IsSigned: false, samples);
    }

    private static int Cell(ReadOnlySpan<byte> cells, int index, int bits) => bits switch
    {
        1 => (cells[index >> 3] >> (index & 7)) & 1,
        8 => cells[index],
        16 => BinaryPrimitives.ReadUInt16LittleEndian(cells[(2 * index)..]),
        24 => BinaryPrimitives.ReadUInt16LittleEndian(cells[(3 * index)..]) | (cells[(3 * index) + 2] << 16),
        _ => BinaryPrimitives.ReadInt32LittleEndian(cells[(4 * index)..]),
    };
}
