using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Receiving;

/// <summary>
/// Reads the <see cref="InstanceIdentity"/> off a little endian data set while it passes by (PS3.5 7), and sees whether every element
/// and every item ends where it should. It is sure or it says nothing: whatever is unusual, damage included, is left to the
/// parser, which costs ten times as much and needs the whole.
/// </summary>
internal sealed class DataSetScanner
{
    private const uint UndefinedLength = 0xFFFFFFFF;
    private const uint Item = 0xFFFEE000;
    private const uint ItemDelimiter = 0xFFFEE00D;
    private const uint SequenceDelimiter = 0xFFFEE0DD;
    private const ushort OtherByte = 'O' << 8 | 'B';
    private const ushort OtherWord = 'O' << 8 | 'W';
    private const ushort Sequence = 'S' << 8 | 'Q';
    private const ushort Unknown = 'U' << 8 | 'N';
    private const ushort LongString = 'L' << 8 | 'O';
    private const ushort UniqueIdentifier = 'U' << 8 | 'I';
    private const int Headers = 5_000;
    private const int LongestValue = 128;

    // Index into Wanted.
    private const int Manufacturer = 2;

    // PS3.5 7.1.2: whose length has 16 bits, and whose 32.
    private static readonly FrozenSet<ushort> ShortForm = Codes(
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");

    private static readonly FrozenSet<ushort> LongForm = Codes(
        "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private static readonly uint[] Wanted =
    [
        Number(DicomTag.SOPClassUID), Number(DicomTag.SOPInstanceUID), Number(DicomTag.Manufacturer), Number(DicomTag.PatientID),
        Number(DicomTag.IssuerOfPatientID), Number(DicomTag.StudyInstanceUID), Number(DicomTag.SeriesInstanceUID),
    ];

    private readonly bool _isExplicit;
    private readonly string?[] _values = new string?[Wanted.Length];
    private readonly byte[] _value = new byte[LongestValue];
    private readonly byte[] _header = new byte[16];
    private readonly Level[] _levels = new Level[16];
    private int _depth;
    private int _headerLength;
    private int _headerNeeded = 8;
    private int _headersLeft = Headers;
    private bool _isFirst = true;
    private int _wanted = -1;
    private int _valueLength;
    private long _left;
    private long _position;
    private bool _isUnclear;

    private DataSetScanner(bool isExplicit)
    {
        _isExplicit = isExplicit;
        _levels[0] = new Level(LevelKind.Elements, long.MaxValue);
    }

    private enum LevelKind
    {
        Elements,
        Items,
        Fragments,
    }

    /// <summary>A scanner for a transfer syntax; null where that is not little endian as it stands.</summary>
    public static DataSetScanner? For(string transferSyntaxUid)
    {
        DicomTransferSyntax syntax = DicomTransferSyntax.Parse(transferSyntaxUid);
        return syntax.IsDeflate || syntax == DicomTransferSyntax.ExplicitVRBigEndian ? null : new DataSetScanner(syntax.IsExplicitVR);
    }

    /// <summary>Takes the next bytes of the data set.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isUnclear)
        {
            int taken = _left > 0 ? TakeValue(bytes) : TakeHeader(bytes);
            _position += taken;
            bytes = bytes[taken..];
            if (_left == 0)
                Continue();
        }
    }

    /// <summary>What the data set, now complete, says of itself; null where the parser has to tell.</summary>
    public InstanceIdentity? TryGetIdentity()
    {
        if (_isUnclear || _depth > 0 || _left > 0 || _headerLength > 0)
            return null;
        return new InstanceIdentity
        {
            SopClassUid = _values[0] ?? "",
            SopInstanceUid = _values[1] ?? "",
            PatientId = _values[3] ?? "",
            IssuerOfPatientId = _values[4] ?? "",
            StudyInstanceUid = _values[5] ?? "",
            SeriesInstanceUid = _values[6] ?? "",
            IsOurWork = false,
        };
    }

    private int TakeValue(ReadOnlySpan<byte> bytes)
    {
        int count = (int)Math.Min(_left, bytes.Length);
        if (_wanted >= 0)
        {
            bytes[..count].CopyTo(_value.AsSpan(_valueLength));
            _valueLength += count;
        }

        _left -= count;
        return count;
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(_headerNeeded - _headerLength, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += count;
        return count;
    }

    /// <summary>Nothing of a value is missing: a value has ended, or a header has, or some of it has come.</summary>
    private void Continue()
    {
        if (_headerLength < _headerNeeded && _headerLength > 0)
            return;
        if (_headerLength == _headerNeeded)
        {
            int needed = Interpret();
            if (needed > _headerLength)
            {
                _headerNeeded = needed;
                return;
            }

            (_headerLength, _headerNeeded) = (0, 8);
            if (_left > 0 || _isUnclear)
                return;
        }

        EndValue();
        while (_depth > 0 && _position >= _levels[_depth].End)
        {
            _isUnclear |= _position > _levels[_depth].End;
            _depth--;
        }
    }

    /// <returns>How many bytes of the header are needed; what it has, where it is complete.</returns>
    private int Interpret()
    {
        uint tag = (uint)BinaryPrimitives.ReadUInt16LittleEndian(_header) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(2));
        if (_levels[_depth].Kind != LevelKind.Elements)
        {
            BeginItem(tag, BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4)));
            return 8;
        }

        if (tag is Item or SequenceDelimiter || tag >> 16 is 0 or 0xFFFF)
            return GiveUp();
        if (tag == ItemDelimiter)
        {
            EndLevel(LevelKind.Elements);
            return 8;
        }

        return _isExplicit ? InterpretExplicit(tag) : InterpretImplicit(tag);
    }

    private int InterpretExplicit(uint tag)
    {
        _isFirst = false;
        ushort vr = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(4));
        if (ShortForm.Contains(vr))
        {
            BeginValue(tag, vr, BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(6)), inHeader: 0);
            return 8;
        }

        if (!LongForm.Contains(vr))
            return GiveUp();
        if (_headerLength < 12)
            return 12;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8));
        if (vr == Sequence)
            BeginLevel(LevelKind.Items, length);
        else if (length == UndefinedLength && vr is OtherByte or OtherWord)
            BeginLevel(LevelKind.Fragments, length);
        else if (length == UndefinedLength || (vr == Unknown && length >= 8))
            return GiveUp();
        else
            BeginValue(tag, vr, length, inHeader: 0);
        return 12;
    }

    private int InterpretImplicit(uint tag)
    {
        // A first element whose length reads like a VR may be one: the parser knows how to tell.
        if (_isFirst && char.IsAsciiLetterUpper((char)_header[4]) && char.IsAsciiLetterUpper((char)_header[5]))
            return GiveUp();
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
        bool isSequence = length > 0 && IsSequence(tag);
        if (isSequence || length == UndefinedLength)
        {
            _isFirst = false;
            if (!isSequence)
                return GiveUp();
            BeginLevel(LevelKind.Items, length);
            return 8;
        }

        // What begins like an item may be a sequence that only the parser's dictionary knows.
        bool isLong = length >= 8;
        if (isLong && _headerLength < 12)
            return 12;
        _isFirst = false;
        if (isLong && BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8)) == 0xE000FFFE)
            return GiveUp();
        BeginValue(tag, null, length, inHeader: isLong ? 4 : 0);
        return _headerLength;
    }

    private void BeginItem(uint tag, uint length)
    {
        bool isFragment = _levels[_depth].Kind == LevelKind.Fragments;
        if (tag == SequenceDelimiter)
            EndLevel(_levels[_depth].Kind);
        else if (tag != Item || (isFragment && length == UndefinedLength) || --_headersLeft < 0)
            GiveUp();
        else if (isFragment)
            _left = length;
        else if (length > 0)
            BeginLevel(LevelKind.Elements, length);
    }

    private void BeginLevel(LevelKind kind, uint length)
    {
        long end = length == UndefinedLength ? long.MaxValue : _position + length;
        if (--_headersLeft < 0 || _depth + 1 == _levels.Length || (end != long.MaxValue && end > Bound))
        {
            GiveUp();
            return;
        }

        _levels[++_depth] = new Level(kind, end);
        _isFirst = kind == LevelKind.Elements;
    }

    private void EndLevel(LevelKind kind)
    {
        if (_depth > 0 && _levels[_depth] is { End: long.MaxValue } level && level.Kind == kind)
            _depth--;
        else
            GiveUp();
    }

    private void BeginValue(uint tag, ushort? vr, uint length, int inHeader)
    {
        _left = length - inHeader;
        if (--_headersLeft < 0 || _position + _left > Bound)
        {
            GiveUp();
            return;
        }

        _wanted = _depth == 0 ? Array.IndexOf(Wanted, tag) : -1;
        if (_wanted < 0)
            return;
        ushort expected = _wanted is >= Manufacturer and <= 4 ? LongString : UniqueIdentifier;
        if (_values[_wanted] is not null || length > LongestValue || (vr ?? expected) != expected)
        {
            GiveUp();
            return;
        }

        _header.AsSpan(8, inHeader).CopyTo(_value);
        _valueLength = inHeader;
    }

    /// <summary>Where the innermost level of defined length ends.</summary>
    private long Bound
    {
        get
        {
            long bound = long.MaxValue;
            for (int i = 1; i <= _depth; i++)
                bound = Math.Min(bound, _levels[i].End);
            return bound;
        }
    }

    private void EndValue()
    {
        if (_wanted < 0)
            return;
        ReadOnlySpan<byte> value = _value.AsSpan(0, _valueLength);
        // Letters of other repertoires, and what parts or escapes: the parser knows the character set.
        if ((_wanted != Manufacturer && value.TrimEnd((byte)0).ContainsAnyExceptInRange((byte)' ', (byte)'}')) || value.Contains((byte)'\\'))
            GiveUp();
        string text = Encoding.Latin1.GetString(value).Trim(' ', '\0');
        // Whether a result of this program came back is told by more than one element.
        if (_wanted == Manufacturer && text == ProcessingDevice.Manufacturer)
            GiveUp();
        _values[_wanted] = text;
        _wanted = -1;
    }

    private int GiveUp()
    {
        _isUnclear = true;
        return 0;
    }

    private static FrozenSet<ushort> Codes(params string[] codes) => codes.Select(code => (ushort)(code[0] << 8 | code[1])).ToFrozenSet();

    private static bool IsSequence(uint tag) =>
        DicomDictionary.Default[new DicomTag((ushort)(tag >> 16), (ushort)tag)].ValueRepresentations.Contains(DicomVR.SQ);

    private static uint Number(DicomTag tag) => (uint)tag.Group << 16 | tag.Element;

    private readonly record struct Level(LevelKind Kind, long End);
}
