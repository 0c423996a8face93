using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.IO.Writer;

/// <summary>
/// Encodes data sets (PS3.5 7) piece by piece, so that neither synchronous nor asynchronous callers hold a whole one in
/// memory. Values are padded to even length; a value too long for its VR's length field is written as UN (PS3.5 6.2.2).
/// </summary>
internal sealed class DicomDatasetWriter
{
    private const uint UndefinedLength = 0xFFFFFFFF;
    private const int HeaderSize = 16;

    private readonly bool _isExplicit;
    private readonly DicomTransferSyntax _syntax;
    private readonly DicomWriteOptions _options;
    private readonly DatasetLength _length;
    private byte[] _piece = [];
    private int _count;

    private DicomDatasetWriter(DicomTransferSyntax syntax, DicomWriteOptions? options)
    {
        if (syntax.Endian == Endian.Big)
            throw new DicomDataException("Data sets are not written in Explicit VR Big Endian: the syntax is retired.");
        _isExplicit = syntax.IsExplicitVR;
        _syntax = syntax;
        _options = options ?? DicomWriteOptions.Default;
        _length = new DatasetLength(_isExplicit, _options);
    }

    /// <summary>A data set encoded in memory.</summary>
    public static byte[] ToArray(DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions? options = null)
    {
        using MemoryStream stream = new();
        Write(stream, dataset, syntax, options);
        return stream.ToArray();
    }

    /// <summary>A command set in Implicit VR Little Endian with its group length (PS3.7 6.3.1).</summary>
    public static byte[] CommandToArray(DicomDataset command) =>
        ToArray(WithGroupLength(command, DicomTransferSyntax.ImplicitVRLittleEndian), DicomTransferSyntax.ImplicitVRLittleEndian, KeepLengths);

    /// <summary>Writes a data set to a stream.</summary>
    public static void Write(Stream stream, DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions? options = null)
    {
        DicomDatasetWriter writer = new(syntax, options);
        if (!syntax.IsDeflate)
        {
            foreach (ReadOnlyMemory<byte> piece in writer.Pieces(dataset))
                stream.Write(piece.Span);
            return;
        }

        CountingStream counted = new(stream);
        using (DeflateStream deflate = new(counted, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (ReadOnlyMemory<byte> piece in writer.Pieces(dataset))
                deflate.Write(piece.Span);
        }

        if ((counted.Count & 1) == 1)
            stream.WriteByte(0);
    }

    /// <summary>Writes a data set to a stream.</summary>
    public static async Task WriteAsync(
        Stream stream,
        DicomDataset dataset,
        DicomTransferSyntax syntax,
        DicomWriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        DicomDatasetWriter writer = new(syntax, options);
        if (!syntax.IsDeflate)
        {
            foreach (ReadOnlyMemory<byte> piece in writer.Pieces(dataset))
                await stream.WriteAsync(piece, cancellationToken);
            return;
        }

        CountingStream counted = new(stream);
        await using (DeflateStream deflate = new(counted, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (ReadOnlyMemory<byte> piece in writer.Pieces(dataset))
                await deflate.WriteAsync(piece, cancellationToken);
        }

        if ((counted.Count & 1) == 1)
            await stream.WriteAsync(new byte[1], cancellationToken);
    }

    internal static DicomWriteOptions KeepLengths { get; } = new() { KeepGroupLengths = true };

    /// <summary>A shallow copy that begins with the group length of its only group.</summary>
    internal static DicomDataset WithGroupLength(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        DicomDataset copy = new(syntax) { ValidateItems = false };
        foreach (DicomItem item in dataset)
            copy.AddRead(item);
        if (dataset.Count > 0)
            copy.AddRead(new DicomUnsignedLong(new DicomTag(dataset.Items[0].Tag.Group, 0), 0u));
        return copy;
    }

    /// <summary>The encoded data set; each piece is valid until the next is asked for.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Pieces(DicomDataset dataset)
    {
        _piece = ArrayPool<byte>.Shared.Rent(BufferCopy.PieceSize);
        Stack<Frame> open = new();
        open.Push(new Frame(null, dataset, dataset.CharacterSet, null));
        try
        {
            while (open.TryPop(out Frame? frame))
            {
                if (_piece.Length - _count < 4 * HeaderSize)
                    yield return Take();
                if (frame.Dataset is null || frame.Next == frame.Dataset.Count)
                {
                    Close(frame, open);
                    continue;
                }

                DicomItem item = frame.Dataset.Items[frame.Next++];
                open.Push(frame);
                if (item.Tag.Element == 0 && item.Tag.Group != 0x0002 && !_options.KeepGroupLengths)
                    continue;
                switch (item)
                {
                    case DicomSequence sequence:
                        Open(sequence, frame, open);
                        break;
                    case DicomFragmentSequence fragments:
                        foreach (ReadOnlyMemory<byte> piece in Fragments(fragments))
                            yield return piece;
                        break;
                    case DicomElement element:
                        if (frame.Sequence is null)
                            RequireNative(element);
                        foreach (ReadOnlyMemory<byte> piece in Element(element, frame))
                            yield return piece;
                        break;
                }
            }

            if (_count > 0)
                yield return Take();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_piece);
        }
    }

    private void Open(DicomSequence sequence, Frame parent, Stack<Frame> open)
    {
        uint length = _options.ExplicitLengthSequences ? _length.OfItems(sequence, parent.CharacterSet) : UndefinedLength;
        Header(sequence.Tag, DicomVR.SQ, length);
        open.Push(new Frame(sequence, null, parent.CharacterSet, sequence.Items));
    }

    private void Close(Frame frame, Stack<Frame> open)
    {
        if (frame.Items is null)
        {
            // A data set ends: the whole one, or an item.
            if (frame.Sequence is not null && !_options.ExplicitLengthSequenceItems)
                Delimiter(0xE00D, 0);
            return;
        }

        if (frame.Next == frame.Items.Count)
        {
            if (!_options.ExplicitLengthSequences)
                Delimiter(0xE0DD, 0);
            return;
        }

        DicomDataset item = frame.Items[frame.Next++];
        open.Push(frame);
        DicomCharacterSet characterSet = item.OwnCharacterSet ?? frame.CharacterSet;
        Delimiter(0xE000, _options.ExplicitLengthSequenceItems ? _length.Of(item, characterSet) : UndefinedLength);
        open.Push(new Frame(frame.Sequence, item, characterSet, null));
    }

    private IEnumerable<ReadOnlyMemory<byte>> Element(DicomElement element, Frame frame)
    {
        if (element.Tag.Element == 0)
            element = new DicomUnsignedLong(element.Tag, _length.OfGroup(frame.Dataset!, element.Tag.Group, frame.CharacterSet));
        IByteBuffer value = element.BufferFor(frame.CharacterSet);
        long size = value.Size;
        if (size >= UndefinedLength - 1)
            throw new DicomDataException($"{element.Tag} {element.Tag.DictionaryEntry.Name} is longer than DICOM allows.");
        Header(element.Tag, element.ValueRepresentation, (uint)(size + (size & 1)));
        if (value is MemoryByteBuffer memory)
        {
            if (memory.Size + 1 <= _piece.Length - _count)
            {
                memory.Span.CopyTo(_piece.AsSpan(_count));
                _count += (int)size;
            }
            else
            {
                yield return Take();
                yield return memory.Memory;
            }
        }
        else if (size > 0)
        {
            foreach (ReadOnlyMemory<byte> piece in Copy(value))
                yield return piece;
        }

        if ((size & 1) == 1)
            _piece[_count++] = element.ValueRepresentation.PaddingValue;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Fragments(DicomFragmentSequence fragments)
    {
        if (!_syntax.IsEncapsulated)
        {
            throw new DicomDataException(
                $"{fragments.Tag} {fragments.Tag.DictionaryEntry.Name} is compressed and cannot be written in {_syntax}.");
        }

        Header(fragments.Tag, DicomVR.OB, UndefinedLength);
        byte[] table = new byte[4 * fragments.OffsetTable.Count];
        for (int i = 0; i < fragments.OffsetTable.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4 * i), fragments.OffsetTable[i]);
        Delimiter(0xE000, (uint)table.Length);
        foreach (ReadOnlyMemory<byte> piece in Copy(new MemoryByteBuffer(table)))
            yield return piece;
        foreach (IByteBuffer fragment in fragments.Fragments)
        {
            if (_piece.Length - _count < 4 * HeaderSize)
                yield return Take();
            Delimiter(0xE000, (uint)(fragment.Size + (fragment.Size & 1)));
            foreach (ReadOnlyMemory<byte> piece in Copy(fragment))
                yield return piece;
            if ((fragment.Size & 1) == 1)
                _piece[_count++] = 0;
        }

        if (_piece.Length - _count < 4 * HeaderSize)
            yield return Take();
        Delimiter(0xE0DD, 0);
    }

    private void RequireNative(DicomElement element)
    {
        if (_syntax.IsEncapsulated && element.Tag == DicomTag.PixelData)
            throw new DicomDataException($"{element.Tag} Pixel Data is not compressed and cannot be written in {_syntax}.");
    }

    private IEnumerable<ReadOnlyMemory<byte>> Copy(IByteBuffer value)
    {
        if (value.Size == 0)
            yield break;
        yield return Take();
        for (long offset = 0; offset < value.Size; offset += BufferCopy.PieceSize)
        {
            int count = (int)Math.Min(BufferCopy.PieceSize, value.Size - offset);
            value.GetByteRange(offset, count, _piece);
            yield return _piece.AsMemory(0, count);
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> piece = _piece.AsMemory(0, _count);
        _count = 0;
        return piece;
    }

    private void Header(DicomTag tag, DicomVR vr, uint length)
    {
        Span<byte> header = _piece.AsSpan(_count, HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], tag.Element);
        if (!_isExplicit)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length);
            _count += 8;
            return;
        }

        if (vr.Is16bitLength && length > ushort.MaxValue)
            vr = DicomVR.UN;
        header[4] = (byte)vr.Code[0];
        header[5] = (byte)vr.Code[1];
        if (vr.Is16bitLength)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)length);
            _count += 8;
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], length);
        _count += 12;
    }

    private void Delimiter(ushort element, uint length)
    {
        Span<byte> header = _piece.AsSpan(_count, 8);
        BinaryPrimitives.WriteUInt16LittleEndian(header, 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length);
        _count += 8;
    }

    /// <summary>A data set or the items of a sequence that are being written.</summary>
    private sealed class Frame(DicomSequence? sequence, DicomDataset? dataset, DicomCharacterSet characterSet, IList<DicomDataset>? items)
    {
        public DicomSequence? Sequence { get; } = sequence;

        public DicomDataset? Dataset { get; } = dataset;

        public DicomCharacterSet CharacterSet { get; } = characterSet;

        public IList<DicomDataset>? Items { get; } = items;

        public int Next { get; set; }
    }
}
