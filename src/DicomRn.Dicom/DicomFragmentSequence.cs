using System.Collections;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Encapsulated pixel data: a basic offset table and fragments (PS3.5 A.4).</summary>
public abstract class DicomFragmentSequence : DicomItem, IEnumerable<IByteBuffer>
{
    private readonly List<uint> _offsetTable = [];
    private readonly List<IByteBuffer> _fragments = [];
    private bool _hasTable;

    private protected DicomFragmentSequence(DicomTag tag)
        : base(tag)
    {
    }

    /// <summary>Where the first fragment of each frame begins, counted from the first item after the table; may be empty.</summary>
    public IList<uint> OffsetTable => _offsetTable;

    /// <summary>The fragments.</summary>
    public IList<IByteBuffer> Fragments => _fragments;

    /// <inheritdoc />
    public IEnumerator<IByteBuffer> GetEnumerator() => _fragments.GetEnumerator();

    /// <summary>Adds what one item holds: the first time the offset table, then fragments.</summary>
    public void Add(IByteBuffer fragment)
    {
        if (_hasTable)
        {
            _fragments.Add(fragment);
            return;
        }

        _hasTable = true;
        byte[] table = fragment.Data;
        for (int i = 0; i + 4 <= table.Length; i += 4)
            _offsetTable.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(i)));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override DicomItem Copy()
    {
        DicomFragmentSequence copy = this is DicomOtherWordFragment ? new DicomOtherWordFragment(Tag) : new DicomOtherByteFragment(Tag);
        copy._offsetTable.AddRange(_offsetTable);
        copy._fragments.AddRange(_fragments);
        copy._hasTable = _hasTable;
        return copy;
    }
}
