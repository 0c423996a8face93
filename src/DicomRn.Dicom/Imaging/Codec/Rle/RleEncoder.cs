using System.Buffers;
using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Rle;

/// <summary>Encodes an RLE frame (PS3.5 G.3.1, G.4, G.5).</summary>
internal static class RleEncoder
{
    private const int LongestRun = 128;

    /// <param name="frame">A native frame.</param>
    /// <param name="layout">Its form.</param>
    public static byte[] Encode(ReadOnlySpan<byte> frame, FrameLayout layout)
    {
        ByteSegments segments = ByteSegments.Of(layout);
        ArrayBufferWriter<byte> output = new(RleDecoder.HeaderBytes + (frame.Length / 2));
        Span<byte> header = stackalloc byte[RleDecoder.HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header, segments.Count);
        output.Write(header);
        byte[] row = new byte[segments.Row];
        for (int i = 0; i < segments.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header[(4 + (4 * i))..], output.WrittenCount);
            int from = segments.Start(i);
            for (int done = 0; done < segments.Length; done += row.Length)
            {
                for (int x = 0; x < row.Length; x++, from += segments.Step)
                    row[x] = frame[from];
                Pack(row, output);
            }

            if (output.WrittenCount % 2 != 0)
                output.Write<byte>([0]);
        }

        byte[] encoded = output.WrittenSpan.ToArray();
        header.CopyTo(encoded);
        return encoded;
    }

    // A run of two is worth a replicate run only where no literal run is open: it would cost a byte to close and reopen it.
    private static void Pack(ReadOnlySpan<byte> row, ArrayBufferWriter<byte> output)
    {
        int literal = 0, at = 0;
        while (at < row.Length)
        {
            int run = 1, most = Math.Min(LongestRun, row.Length - at);
            while (run < most && row[at + run] == row[at])
                run++;
            if (run >= 3 || (run == 2 && literal == at))
            {
                WriteLiteral(row[literal..at], output);
                output.Write<byte>([(byte)(1 - run), row[at]]);
                at += run;
                literal = at;
            }
            else
            {
                at += run;
            }
        }

        WriteLiteral(row[literal..], output);
    }

    private static void WriteLiteral(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(LongestRun, bytes.Length);
            output.Write<byte>([(byte)(count - 1)]);
            output.Write(bytes[..count]);
            bytes = bytes[count..];
        }
    }
}
