namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>Decodes a scan of lossless differences (T.81 Annex H).</summary>
internal static class JpegLosslessScan
{
    private const int LargestDifference = 16;

    public static int Decode(ReadOnlySpan<byte> data, int start, JpegFrame frame, JpegScan scan, int restartInterval)
    {
        JpegBits bits = new(data, start);
        int count = scan.Components.Length, width = frame.Width, height = frame.Height;
        if (count == 1)
            (width, height) = (scan.Components[0].Component.Width, scan.Components[0].Component.Height);
        else if (!frame.IsFullySampled)
            throw new DicomCodecException("Lossless JPEG with components of several sizes in one scan is not supported.");
        if (restartInterval % width != 0)
            throw new DicomCodecException($"A lossless JPEG restart interval of {restartInterval} in rows of {width} (T.81 H.1.1).");
        foreach (JpegScanComponent c in scan.Components)
            c.Component.Allocate(width, height);
        int[][] differences = new int[count][];
        for (int i = 0; i < count; i++)
            differences[i] = new int[width];
        int initial = 1 << (frame.Precision - scan.PointTransform - 1), rowsUntilRestart = restartInterval / width, restart = 0, since = 0;
        for (int y = 0; y < height; y++, since++)
        {
            if (restartInterval > 0 && since == rowsUntilRestart)
            {
                bits.Restart(restart++ & 7);
                since = 0;
            }

            ReadDifferences(ref bits, scan.Components, differences, width);
            for (int i = 0; i < count; i++)
            {
                Span<ushort> samples = scan.Components[i].Component.Samples;
                Span<ushort> row = samples.Slice(y * width, width);
                if (since == 0)
                    FirstRow(differences[i], row, initial);
                else
                    Row(differences[i], samples.Slice((y - 1) * width, width), row, scan.Selection);
            }
        }

        if (scan.PointTransform > 0)
        {
            foreach (JpegScanComponent c in scan.Components)
            {
                foreach (ref ushort sample in c.Component.Samples.AsSpan())
                    sample = (ushort)(sample << scan.PointTransform);
            }
        }

        return bits.Position;
    }

    private static void ReadDifferences(ref JpegBits bits, JpegScanComponent[] components, int[][] differences, int width)
    {
        for (int x = 0; x < width; x++)
        {
            for (int i = 0; i < components.Length; i++)
            {
                int size = components[i].Dc.Decode(ref bits);
                if (size > LargestDifference)
                    throw new DicomCodecException($"A lossless JPEG difference of {size} bits.");

                // The largest needs no further bits (H.1.2.2).
                differences[i][x] = size == LargestDifference ? 1 << 15 : bits.Difference(size);
            }
        }
    }

    private static void FirstRow(int[] differences, Span<ushort> row, int initial)
    {
        int left = initial;
        for (int x = 0; x < row.Length; x++)
            row[x] = (ushort)(left = (left + differences[x]) & 0xFFFF);
    }

    // The first sample of a row is predicted from above, whatever the predictor (H.1.2.1, Table H.1); all modulo 2^16.
    private static void Row(ReadOnlySpan<int> differences, ReadOnlySpan<ushort> above, Span<ushort> row, int predictor)
    {
        int left = (ushort)(above[0] + differences[0]);
        row[0] = (ushort)left;
        for (int x = 1; x < row.Length; x++)
        {
            int up = above[x], corner = above[x - 1];
            int prediction = predictor switch
            {
                1 => left,
                2 => up,
                3 => corner,
                4 => left + up - corner,
                5 => left + ((up - corner) >> 1),
                6 => up + ((left - corner) >> 1),
                _ => (left + up) >> 1,
            };
            left = (ushort)(prediction + differences[x]);
            row[x] = (ushort)left;
        }
    }
}
