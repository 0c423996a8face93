using System.Buffers.Binary;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.IO.Reader;

/// <summary>
/// Parses data sets (PS3.5 7), forgiving what real files get wrong: VRs that do not exist, sequences without
/// delimiters, explicit VR where implicit was announced and the reverse, group lengths that are wrong.
/// </summary>
internal sealed class DicomDatasetReader
{
    private const uint UndefinedLength = 0xFFFFFFFF;
    private const uint ItemTag = 0xFFFEE000;
    private const uint ItemDelimiter = 0xFFFEE00D;
    private const uint SequenceDelimiter = 0xFFFEE0DD;
    private const uint PixelDataTag = 0x7FE00010;

    private readonly DicomInput _input;
    private readonly DicomReadSettings _settings;
    private readonly ParseState _state = new();
    private bool _bigEndian;
    private bool _stopped;
    private long _elementsLeft;
    private uint _block;
    private DicomDataset? _blockOwner;
    private DicomPrivateCreator? _blockCreator;

    public DicomDatasetReader(DicomInput input, DicomReadSettings settings)
    {
        _input = input;
        _settings = settings;
        _elementsLeft = settings.Limits.MaximumElements;
    }

    /// <summary>Whether the caller's stop criterion ended reading.</summary>
    public bool Stopped => _stopped;

    /// <summary>Reads a whole data set from bytes in memory, which must not change afterwards.</summary>
    /// <exception cref="DicomFileException">They are no data set in this transfer syntax.</exception>
    public static DicomDataset Read(ArraySegment<byte> bytes, DicomTransferSyntax syntax, string name = "data set")
    {
        DicomDataset dataset = new();
        DicomInput input = new(bytes, name, DicomReadLimits.Default);
        new DicomDatasetReader(input, new DicomReadSettings()).ReadInto(dataset, syntax);
        return dataset;
    }

    /// <summary>Reads a whole data set from a stream, to its end.</summary>
    /// <exception cref="DicomFileException">It holds no data set in this transfer syntax.</exception>
    public static DicomDataset Read(Stream stream, DicomTransferSyntax syntax, string name = "data set")
    {
        DicomDataset dataset = new();
        DicomInput input = new(stream, null, name, DicomReadLimits.Default);
        new DicomDatasetReader(input, new DicomReadSettings { Option = FileReadOption.ReadAll }).ReadInto(dataset, syntax);
        return dataset;
    }

    /// <summary>Reads to the end of the input.</summary>
    public void ReadInto(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        dataset.InternalTransferSyntax = syntax;
        if (syntax.IsDeflate)
        {
            using InflatingStream inflated = new(_input.Rest(), _settings.Limits.MaximumInflatedSize, _input.Name);
            DicomInput input = new(inflated, null, _input.Name + " (inflated)", _settings.Limits);
            DicomDatasetReader inner = new(input, _settings);
            inner.ReadItems(dataset, long.MaxValue, 0, isExplicit: true);
            _stopped = inner._stopped;
            return;
        }

        _bigEndian = syntax.Endian == Endian.Big;
        ReadItems(dataset, long.MaxValue, 0, GuessExplicit(syntax.IsExplicitVR));
    }

    /// <summary>Reads the file meta information: the elements of group 0002.</summary>
    public void ReadMeta(DicomDataset meta)
    {
        bool isExplicit = GuessExplicit(announced: true);
        while (true)
        {
            ReadOnlySpan<byte> next = _input.Peek(4);
            if (next.Length < 4 || BinaryPrimitives.ReadUInt16LittleEndian(next) != 0x0002)
                return;
            ReadElement(meta, long.MaxValue, 0, isExplicit);
        }
    }

    /// <summary>Whether the next element carries a VR, judged by its bytes where they speak clearly.</summary>
    public bool GuessExplicit(bool announced)
    {
        ReadOnlySpan<byte> header = _input.Peek(8);
        if (header.Length < 8 || Tag(header) is ItemTag or ItemDelimiter or SequenceDelimiter)
            return announced;
        DicomVR? vr = DicomVR.FromCode(header[4], header[5]);
        if (announced)
            return vr is not null || !IsImplicitLength(header);
        return vr is not null && DicomDictionary.StandardRepresentations(Tag(header)) is { } known && Array.IndexOf(known, vr) >= 0;
    }

    private bool IsImplicitLength(ReadOnlySpan<byte> header)
    {
        uint length = UInt32(header[4..]);
        bool letters = IsCapital(header[4]) && IsCapital(header[5]);
        return !letters && (length == UndefinedLength || _input.Position + 8 + length <= _input.Length);
    }

    private void ReadItems(DicomDataset dataset, long end, int depth, bool isExplicit)
    {
        while (!_stopped && _input.Position < end && _input.Peek(1).Length > 0)
        {
            if (!ReadElement(dataset, end, depth, isExplicit))
                return;
        }
    }

    /// <summary>One element; false where the item or data set ends instead.</summary>
    private bool ReadElement(DicomDataset dataset, long end, int depth, bool isExplicit)
    {
        ReadOnlySpan<byte> header = _input.Peek(12);
        if (header.Length < 8)
            return EndsInPadding(header);
        uint tagValue = Tag(header);
        if (tagValue == SequenceDelimiter && depth > 0)
            return false;
        if (tagValue is ItemDelimiter or SequenceDelimiter)
        {
            _input.Advance(8);
            return depth == 0;
        }

        Count();
        if (tagValue == ItemTag)
            throw _input.Fault("an item begins where an element was expected");
        if (tagValue == 0 && depth == 0 && UInt32(header[4..]) == 0)
            return EndsInZeros();

        DicomTag tag = TagIn(dataset, tagValue);
        if (Stops(tag, depth))
            return false;
        uint length;
        DicomVR vr;
        if (isExplicit)
        {
            (vr, length, int size) = ExplicitHeader(header, tagValue);
            _input.Advance(size);
            if (vr == DicomVR.UN)
                return ReadUnknown(dataset, tag, length, depth);
        }
        else
        {
            vr = ImpliedVr(dataset, tag);
            length = UInt32(header[4..]);
            _input.Advance(8);
        }

        ReadValue(dataset, tag, vr, length, depth, isExplicit);
        return true;
    }

    private void ReadValue(DicomDataset dataset, DicomTag tag, DicomVR vr, uint length, int depth, bool isExplicit)
    {
        if (vr == DicomVR.SQ)
        {
            dataset.AddRead(ReadSequence(dataset, tag, length, depth + 1, isExplicit));
            return;
        }

        if (length == UndefinedLength)
        {
            if (vr == DicomVR.OB || vr == DicomVR.OW || tag.Value == PixelDataTag)
                ReadFragments(dataset, tag, vr);
            else
                dataset.AddRead(ReadSequence(dataset, tag, length, depth + 1, isExplicit && vr != DicomVR.UN));
            return;
        }

        if (_input.Length != long.MaxValue && _input.Position + length > _input.Length)
        {
            throw _input.Fault(
                $"{tag} {tag.DictionaryEntry.Name} announces {length} bytes, but the data ends after {_input.Length - _input.Position}");
        }

        if (_settings.Option == FileReadOption.SkipLargeTags && length > _settings.LargeObjectSize)
        {
            _input.Skip(length);
            return;
        }

        IByteBuffer value = TakeValue(length);
        if (_bigEndian && vr.ByteSwap > 1)
            value = Swapped(value, vr.ByteSwap);
        dataset.AddRead(ElementFactory.FromBuffer(vr, tag, dataset.CharacterSet, value));
    }

    /// <summary>UN: by the dictionary, if the element is in it (PS3.5 6.2.2); of undefined length, a sequence in implicit VR.</summary>
    private bool ReadUnknown(DicomDataset dataset, DicomTag tag, uint length, int depth)
    {
        DicomVR vr = ImpliedVr(dataset, tag);
        if (length == UndefinedLength)
        {
            bool bigEndian = _bigEndian;
            _bigEndian = false;
            ReadValue(dataset, tag, tag.Value == PixelDataTag ? vr : DicomVR.SQ, length, depth, isExplicit: false);
            _bigEndian = bigEndian;
            return true;
        }

        if (vr == DicomVR.SQ && length > 0)
        {
            ReadOnlySpan<byte> first = _input.Peek(8);
            if (first.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(first) != 0xE000FFFE)
                vr = DicomVR.UN;
        }

        ReadValue(dataset, tag, vr, length, depth, isExplicit: false);
        return true;
    }

    private DicomSequence ReadSequence(DicomDataset parent, DicomTag tag, uint length, int depth, bool isExplicit)
    {
        if (depth > _settings.Limits.MaximumSequenceDepth)
            throw _input.Fault($"sequences lie more than {_settings.Limits.MaximumSequenceDepth} deep");
        long end = length == UndefinedLength ? long.MaxValue : _input.Position + length;
        if (end != long.MaxValue && end > _input.Length)
            throw _input.Fault($"the sequence {tag} announces {length} bytes, but the data ends after {_input.Length - _input.Position}");
        DicomSequence sequence = new(tag);
        while (!_stopped && _input.Position < end)
        {
            ReadOnlySpan<byte> header = _input.Peek(8);
            if (header.Length < 8)
                throw _input.Fault($"the data ends inside the sequence {tag}");
            uint item = Tag(header);
            uint itemLength = UInt32(header[4..]);
            if (item == SequenceDelimiter)
            {
                _input.Advance(8);
                break;
            }

            if (item != ItemTag)
            {
                if (item == ItemDelimiter)
                {
                    _input.Advance(8);
                    continue;
                }

                // The delimiter is missing: what follows belongs to the data set around the sequence.
                if (length == UndefinedLength && item >> 16 > tag.Group)
                    break;
                throw _input.Fault($"an item of the sequence {tag} was expected, not ({item >> 16:x4},{item & 0xFFFF:x4})");
            }

            _input.Advance(8);
            sequence.Items.Add(ReadItem(parent, itemLength, depth, isExplicit));
        }

        return sequence;
    }

    private DicomDataset ReadItem(DicomDataset parent, uint length, int depth, bool isExplicit)
    {
        Count();
        DicomDataset item = new(parent.InternalTransferSyntax) { ValidateItems = parent.ValidateItems };
        item.InheritCharacterSet(parent.CharacterSet);
        if (length == 0)
            return item;
        long end = length == UndefinedLength ? long.MaxValue : _input.Position + length;
        if (end != long.MaxValue && end > _input.Length)
            throw _input.Fault($"an item announces {length} bytes, but the data ends after {_input.Length - _input.Position}");
        ReadItems(item, end, depth, GuessExplicit(isExplicit));
        return item;
    }

    private void ReadFragments(DicomDataset dataset, DicomTag tag, DicomVR vr)
    {
        DicomFragmentSequence fragments = vr == DicomVR.OW ? new DicomOtherWordFragment(tag) : new DicomOtherByteFragment(tag);
        while (true)
        {
            ReadOnlySpan<byte> header = _input.Require(8, "encapsulated pixel data");
            uint item = Tag(header);
            uint length = UInt32(header[4..]);
            _input.Advance(8);
            if (item == SequenceDelimiter)
                break;
            if (item != ItemTag || length == UndefinedLength)
                throw _input.Fault("a fragment of pixel data was expected");
            if (_input.Length != long.MaxValue && _input.Position + length > _input.Length)
                throw _input.Fault($"a fragment announces {length} bytes, but the data ends after {_input.Length - _input.Position}");
            Count();
            fragments.Add(TakeValue(length));
        }

        if (_settings.Option != FileReadOption.SkipLargeTags)
            dataset.AddRead(fragments);
    }

    private IByteBuffer TakeValue(uint length) => length > _settings.LargeObjectSize && _settings.Option != FileReadOption.ReadAll
        ? _input.TakeValueOnDemand(length)
        : _input.TakeValue(length);

    private static IByteBuffer Swapped(IByteBuffer value, int unit)
    {
        if (!value.IsMemory)
            return new SwapByteBuffer(value, unit);
        byte[] bytes = value is MemoryByteBuffer memory ? memory.Span.ToArray() : value.Data;
        SwapByteBuffer.Swap(bytes, unit);
        return new MemoryByteBuffer(bytes);
    }

    private (DicomVR Vr, uint Length, int Size) ExplicitHeader(ReadOnlySpan<byte> header, uint tag)
    {
        DicomVR? vr = DicomVR.FromCode(header[4], header[5]);
        if (vr is { Is16bitLength: true })
            return (vr, UInt16(header[6..]), 8);
        if (vr is null && !(IsCapital(header[4]) && IsCapital(header[5]) && UInt16(header[6..]) == 0))
        {
            DicomVR assumed = DicomDictionary.StandardRepresentations(tag)?[0] ?? DicomVR.UN;
            return IsImplicitLength(header) ? (assumed, UInt32(header[4..]), 8) : (assumed, UInt16(header[6..]), 8);
        }

        return header.Length == 12 ? (vr ?? DicomVR.UN, UInt32(header[8..]), 12) : throw _input.Fault("the data ends inside an element");
    }

    private static DicomVR ImpliedVr(DicomDataset dataset, DicomTag tag)
    {
        if (tag.IsPrivate)
            return tag.DictionaryEntry.ValueRepresentations[0];
        if (DicomDictionary.StandardRepresentations(tag.Value) is not { } vrs)
            return tag.DictionaryEntry.ValueRepresentations[0];
        if (vrs.Length == 1)
            return vrs[0] == DicomVR.NONE ? DicomVR.UN : vrs[0];
        if (vrs[0] == DicomVR.OB)
            return DicomVR.OW;
        bool signed = vrs[0] == DicomVR.US && vrs[1] == DicomVR.SS
            && dataset.Find(0x00280103) is DicomElement { Count: > 0 } representation && representation.At<ushort>(0) == 1;
        return signed ? DicomVR.SS : vrs[0];
    }

    // Vendors' blocks are long: their creator is looked up once.
    private DicomTag TagIn(DicomDataset dataset, uint tag)
    {
        if ((tag & 0x10000) == 0 || (ushort)tag < 0x1000)
        {
            _block = 0;
            return DicomTag.Of(tag);
        }

        if (_block == tag >> 8 && ReferenceEquals(_blockOwner, dataset))
            return new DicomTag((ushort)(tag >> 16), (ushort)tag, _blockCreator);
        DicomTag found = dataset.WithCreator(tag);
        (_block, _blockOwner, _blockCreator) = (tag >> 8, dataset, found.PrivateCreator);
        return found;
    }

    private bool Stops(DicomTag tag, int depth)
    {
        if (_settings.Stop is null)
            return false;
        _state.PreviousTag = _state.Tag == DicomTag.Unknown ? null : _state.Tag;
        _state.Tag = tag;
        _state.SequenceDepth = depth;
        _stopped = _settings.Stop(_state);
        return _stopped;
    }

    private void Count()
    {
        if (--_elementsLeft < 0)
            throw _input.Fault($"there are more than {_settings.Limits.MaximumElements} elements and items");
    }

    // Some writers fill up the last block of the medium.
    private bool EndsInZeros()
    {
        while (_input.Peek(1) is [var next])
        {
            if (next != 0)
                throw _input.Fault("zeros stand where an element was expected, and something follows them");
            _input.Advance(1);
        }

        return false;
    }

    private bool EndsInPadding(ReadOnlySpan<byte> rest) =>
        rest.IndexOfAnyExcept((byte)0) < 0 ? false : throw _input.Fault("the data ends inside an element");

    private uint Tag(ReadOnlySpan<byte> header) => (uint)UInt16(header) << 16 | UInt16(header[2..]);

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static bool IsCapital(byte b) => b is >= (byte)'A' and <= (byte)'Z';
}
