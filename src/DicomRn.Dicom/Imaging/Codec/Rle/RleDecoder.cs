using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Rle;

/// <summary>Decodes an RLE frame (PS3.5 G.3.2, G.5).</summary>
internal static class RleDecoder
{
    internal const int HeaderBytes = 64;

    // The best case is a pair of bytes for 128.
    private const int MostExpansion = 64;

    /// <exception cref="DicomCodecException">The frame is damaged or shorter than the data set says.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> codestream, FrameLayout layout)
    {
        ByteSegments segments = ByteSegments.Of(layout);
        if (codestream.Length < HeaderBytes)
            throw new DicomCodecException($"An RLE frame of {codestream.Length} bytes has no header.");
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(codestream);
        if (count != segments.Count)
            throw new DicomCodecException($"The RLE header says {count} segments, the data set {segments.Count}.");
        if ((codestream.Length - HeaderBytes) * (long)MostExpansion < layout.FrameBytes)
            throw new DicomCodecException($"{codestream.Length} bytes of RLE cannot hold a frame of {layout.FrameBytes} bytes.");
        byte[] frame = new byte[layout.FrameBytes];
        for (int i = 0; i < segments.Count; i++)
        {
            uint from = Offset(codestream, i), to = i + 1 < segments.Count ? Offset(codestream, i + 1) : (uint)codestream.Length;
            if (from < HeaderBytes || to < from || to > codestream.Length)
                throw new DicomCodecException($"RLE segment {i + 1} would lie at bytes {from} to {to} of {codestream.Length}.");
            DecodeSegment(codestream[(int)from..(int)to], frame.AsSpan(segments.Start(i)), segments, i + 1);
        }

        return frame;
    }

    private static uint Offset(ReadOnlySpan<byte> codestream, int segment) =>
        BinaryPrimitives.ReadUInt32LittleEndian(codestream[(4 + (4 * segment))..]);

    private static void DecodeSegment(ReadOnlySpan<byte> packed, Span<byte> frame, in ByteSegments segments, int number)
    {
        int done = 0, at = 0, step = segments.Step, length = segments.Length;
        while (done < length)
        {
            if (at >= packed.Length)
                throw Ends(number, done, length);
            int n = (sbyte)packed[at++];
            if (n == -128)
                continue;
            int run = Math.Min(n >= 0 ? n + 1 : 1 - n, length - done);
            if (at + (n >= 0 ? run : 1) > packed.Length)
                throw Ends(number, done, length);
            if (n >= 0)
            {
                Scatter(packed.Slice(at, run), frame, done * step, step);
                at += n + 1;
            }
            else
            {
                Fill(packed[at++], run, frame, done * step, step);
            }

            done += run;
        }
    }

    private static void Scatter(ReadOnlySpan<byte> bytes, Span<byte> frame, int first, int step)
    {
        if (step == 1)
        {
            bytes.CopyTo(frame[first..]);
            return;
        }

        for (int i = 0, to = first; i < bytes.Length; i++, to += step)
            frame[to] = bytes[i];
    }

    private static void Fill(byte value, int run, Span<byte> frame, int first, int step)
    {
        if (step == 1)
        {
            frame.Slice(first, run).Fill(value);
            return;
        }

        for (int i = 0, to = first; i < run; i++, to += step)
            frame[to] = value;
    }

    private static DicomCodecException Ends(int number, int done, int length) =>
        new($"RLE segment {number} ends after {done} of {length} bytes.");
}
