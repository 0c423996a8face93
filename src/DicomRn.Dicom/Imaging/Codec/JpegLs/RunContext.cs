namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// The counters of one of the two contexts in which the sample that ends a run is coded (ITU-T T.87 A.7.2).
/// </summary>
/// <param name="initialMagnitude">A at the start of a scan.</param>
/// <param name="type">RItype: 1 where the samples to the left and above agree, else 0.</param>
internal struct RunContext(int initialMagnitude, int type)
{
    private uint _magnitude = (uint)initialMagnitude;
    private int _count = 1;
    private int _negatives;

    /// <summary>k.</summary>
    public readonly int GolombParameter => Golomb.Parameter(_count, type == 0 ? _magnitude : _magnitude + (uint)(_count >> 1));

    /// <summary>EMErrval, the number that stands for an error (A.7.2.2).</summary>
    public readonly int Map(int error, int k)
    {
        bool plainIsNegative = IsNegativePlain(k);
        int map = error != 0 && error < 0 == plainIsNegative ? 1 : 0;
        return (2 * Math.Abs(error)) - type - map;
    }

    /// <summary>The error that EMErrval stands for.</summary>
    public readonly int Unmap(int mapped, int k)
    {
        int magnitude = mapped + type;
        int map = magnitude & 1;
        magnitude = (magnitude + map) / 2;
        return IsNegativePlain(k) == (map == 1) ? -magnitude : magnitude;
    }

    /// <summary>Counts an error.</summary>
    public void Update(int error, int mapped, int reset)
    {
        if (error < 0)
            _negatives++;
        _magnitude += (uint)((mapped + 1 - type) >> 1);
        if (_count == reset)
        {
            _magnitude >>= 1;
            _count >>= 1;
            _negatives >>= 1;
        }

        _count++;
    }

    /// <summary>Whether the odd numbers stand for negative errors: with k above 0, or where these are the likelier ones.</summary>
    private readonly bool IsNegativePlain(int k) => k != 0 || 2 * _negatives >= _count;
}
