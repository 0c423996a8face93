namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>Where the codewords of a code-block end (T.800 Table D.9, T.814 B.3).</summary>
internal static class CodewordSegments
{
    /// <summary>
    /// Selective arithmetic coding bypass begins after four bit-planes: a cleanup pass and three times three passes.
    /// </summary>
    private const int FirstBypassedPass = 10;

    /// <summary>Whether a codeword begins with a pass.</summary>
    public static bool BeginsWith(int pass, CodeBlockStyle style)
    {
        if (pass == 0 || (style & CodeBlockStyle.TerminateEachPass) != 0)
            return true;
        if ((style & CodeBlockStyle.HighThroughput) != 0)
            return pass % 3 != 2;
        // Significance propagation and magnitude refinement share a raw segment, the cleanup pass has its own.
        return (style & CodeBlockStyle.Bypass) != 0 && pass >= FirstBypassedPass && (pass - FirstBypassedPass) % 3 != 1;
    }

    /// <summary>How many passes the codeword has from a pass on.</summary>
    public static int PassesLeft(int pass, CodeBlockStyle style)
    {
        if ((style & CodeBlockStyle.TerminateEachPass) != 0)
            return 1;
        if ((style & CodeBlockStyle.HighThroughput) != 0)
            return pass % 3 == 1 ? 2 : 1;
        if ((style & CodeBlockStyle.Bypass) == 0)
            return int.MaxValue;
        if (pass < FirstBypassedPass)
            return FirstBypassedPass - pass;
        return (pass - FirstBypassedPass) % 3 == 0 ? 2 : 1;
    }

    /// <summary>Whether a pass is of raw bits.</summary>
    public static bool IsRaw(int pass, CodeBlockStyle style)
        => (style & CodeBlockStyle.Bypass) != 0 && pass >= FirstBypassedPass && pass % 3 != 0;
}
