namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The adaptive run-length decoder of the HT cleanup pass (MEL, T.814 7.3.3).</summary>
internal ref struct HtMelDecoder(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private int _byte;
    private int _left;
    private int _state;
    private int _run;
    private bool _endsWithOne;

    /// <summary>Exponents of the run lengths (Table 3).</summary>
    private static ReadOnlySpan<byte> Exponents => [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];

    /// <summary>The next symbol.</summary>
    public bool Read()
    {
        if (_run == 0 && !_endsWithOne)
            ReadRun();
        if (_run > 0)
        {
            _run--;
            return false;
        }

        _endsWithOne = false;
        return true;
    }

    private void ReadRun()
    {
        int exponent = Exponents[_state];
        if (ReadBit() == 1)
        {
            _run = 1 << exponent;
            _state = Math.Min(_state + 1, Exponents.Length - 1);
            return;
        }

        while (exponent-- > 0)
            _run = 2 * _run + ReadBit();
        _state = Math.Max(_state - 1, 0);
        _endsWithOne = true;
    }

    // From the highest bit on; the byte after 0xFF has seven. Beyond the end all bits are one.
    private int ReadBit()
    {
        if (_left == 0)
        {
            _left = _byte == 0xFF ? 7 : 8;
            _byte = _position < _data.Length ? _data[_position++] : 0xFF;
        }

        _left--;
        return _byte >> _left & 1;
    }
}
