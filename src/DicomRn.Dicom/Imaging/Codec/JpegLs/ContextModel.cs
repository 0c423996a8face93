namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>What a scan has learnt: the contexts and the lengths of runs to expect (ITU-T T.87 A.2.1).</summary>
internal sealed class ContextModel
{
    private const int RegularContexts = 365;
    private readonly int _initialMagnitude;

    public ContextModel(CodingParameters parameters, int components)
    {
        _initialMagnitude = Math.Max(2, (parameters.Range + 32) / 64);
        RunIndices = new int[components];
        Restart();
    }

    /// <summary>J of A.2.1: the run lengths that one bit stands for are 2^J.</summary>
    public static ReadOnlySpan<byte> RunLengthBits =>
    [
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3,
        4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>The contexts of the regular mode, by 81·Q1 + 9·Q2 + Q3 without sign.</summary>
    public RegularContext[] Regular { get; } = new RegularContext[RegularContexts];

    /// <summary>The two contexts of the samples that end runs, by RItype.</summary>
    public RunContext[] Run { get; } = new RunContext[2];

    /// <summary>RUNindex of each component of a line-interleaved scan (B.2.2); other scans have one.</summary>
    public int[] RunIndices { get; }

    /// <summary>The state at the start of a scan and after a restart marker.</summary>
    public void Restart()
    {
        Array.Fill(Regular, new RegularContext(_initialMagnitude));
        Run[0] = new RunContext(_initialMagnitude, 0);
        Run[1] = new RunContext(_initialMagnitude, 1);
        Array.Clear(RunIndices);
    }
}
