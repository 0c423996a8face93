namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The counters of one context of the regular mode (ITU-T T.87 A.2.1, A.6).</summary>
internal struct RegularContext(int initialMagnitude)
{
    private const int SmallestCorrection = -128, LargestCorrection = 127;

    /// <summary>A: the magnitudes of the errors. Unsigned, as 65,535 errors of a damaged codestream may be 65,535 each.</summary>
    private uint _magnitude = (uint)initialMagnitude;

    /// <summary>B: the bias.</summary>
    private int _bias;

    /// <summary>N: how often the context was met.</summary>
    private int _count = 1;

    /// <summary>C: what is added to predictions in this context.</summary>
    public int Correction { get; private set; }

    /// <summary>k: how many low bits of an error are coded as they are (A.5.1).</summary>
    public readonly int GolombParameter => Golomb.Parameter(_count, _magnitude);

    /// <summary>Whether errors are mapped the other way round, as a bias below −1/2 makes negative ones likelier (A.5.2).</summary>
    public readonly bool IsBiasedDown => 2 * _bias <= -_count;

    /// <summary>Counts an error.</summary>
    public void Update(int error, CodingParameters parameters)
    {
        _bias += error * parameters.Step;
        _magnitude += (uint)Math.Abs(error);
        if (_count == parameters.Reset)
        {
            _magnitude >>= 1;
            _bias >>= 1;
            _count >>= 1;
        }

        _count++;
        if (_bias <= -_count)
        {
            _bias = Math.Max(_bias + _count, 1 - _count);
            if (Correction > SmallestCorrection)
                Correction--;
        }
        else if (_bias > 0)
        {
            _bias = Math.Min(_bias - _count, 0);
            if (Correction < LargestCorrection)
                Correction++;
        }
    }
}
