namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>
/// Brings components to the size of the image and side by side (T.81 A.1.1). Where a component has half the columns or rows, its samples
/// lie midway between those of the image (JFIF) and are interpolated; for other factors the nearest is taken.
/// </summary>
internal static class JpegUpsampling
{
    public static int[] Interleave(JpegFrame frame)
    {
        int count = frame.Components.Length, width = frame.Width;
        int[] samples = new int[width * frame.Height * count];
        int[] line = new int[width];
        for (int i = 0; i < count; i++)
        {
            JpegComponent c = frame.Components[i];
            bool whole = c.Horizontal == frame.MaximumHorizontal && c.Vertical == frame.MaximumVertical;
            for (int y = 0; y < frame.Height; y++)
            {
                Span<int> to = samples.AsSpan(y * width * count, width * count);
                if (whole)
                {
                    ReadOnlySpan<ushort> row = Row(c, y);
                    for (int x = 0, n = i; x < row.Length; x++, n += count)
                        to[n] = row[x];
                }
                else
                {
                    Interpolate(frame, c, y, line);
                    for (int x = 0, n = i; x < line.Length; x++, n += count)
                        to[n] = line[x];
                }
            }
        }

        return samples;
    }

    private static ReadOnlySpan<ushort> Row(JpegComponent c, int row) => c.Samples.AsSpan(row * c.Stride, c.Width);

    // Weights are quarters in each direction: three for the near neighbour, one for the far one.
    private static void Interpolate(JpegFrame frame, JpegComponent c, int y, Span<int> line)
    {
        int row = y * c.Vertical / frame.MaximumVertical, beside = Beside(y, c.Vertical, frame.MaximumVertical, row, c.Height);
        ReadOnlySpan<ushort> near = Row(c, row), far = Row(c, beside);
        for (int x = 0; x < line.Length; x++)
        {
            int column = x * c.Horizontal / frame.MaximumHorizontal;
            int next = Beside(x, c.Horizontal, frame.MaximumHorizontal, column, c.Width);
            int sum = (3 * ((3 * near[column]) + far[column])) + (3 * near[next]) + far[next];
            line[x] = (sum + 8) >> 4;
        }
    }

    /// <summary>The other neighbour of a sample that lies between two; the same where it lies on one, or at the edge.</summary>
    private static int Beside(int position, int factor, int most, int nearest, int count) =>
        most == 2 * factor ? Math.Clamp((position & 1) == 0 ? nearest - 1 : nearest + 1, 0, count - 1) : nearest;
}
