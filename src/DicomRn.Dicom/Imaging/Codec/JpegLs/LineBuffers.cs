namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// The reconstructed line and the one before it, for each component of a scan, with a sample before and behind for the edges
/// (ITU-T T.87 A.2.1): sample x of a line is at x + 1.
/// </summary>
internal sealed class LineBuffers(int components, int width)
{
    private readonly int[][] _even = Lines(components, width);
    private readonly int[][] _odd = Lines(components, width);
    private bool _isOdd;

    /// <summary>The line before.</summary>
    public int[][] Previous => _isOdd ? _even : _odd;

    /// <summary>The line that is being coded.</summary>
    public int[][] Current => _isOdd ? _odd : _even;

    /// <summary>Begins a line: the one coded last becomes the line before, and the edges get their values.</summary>
    public void Advance()
    {
        _isOdd = !_isOdd;
        for (int component = 0; component < components; component++)
        {
            int[] previous = Previous[component];
            previous[^1] = previous[^2];
            Current[component][0] = previous[1];
        }
    }

    /// <summary>The lines above the image are zero; so are those above a restart interval.</summary>
    public void Clear()
    {
        foreach (int[] line in _even.Concat(_odd))
            Array.Clear(line);
    }

    private static int[][] Lines(int components, int width)
    {
        int[][] lines = new int[components][];
        for (int i = 0; i < components; i++)
            lines[i] = new int[width + 2];
        return lines;
    }
}
