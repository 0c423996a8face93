namespace DicomRn.Dicom.IO.Writer;

/// <summary>How many bytes data sets take when they are written.</summary>
internal sealed class DatasetLength(bool isExplicit, DicomWriteOptions options)
{
    private readonly Dictionary<DicomSequence, uint> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>A whole data set.</summary>
    public uint Of(DicomDataset dataset, DicomCharacterSet characterSet) => OfElements(dataset, characterSet, group: null);

    /// <summary>The elements of a group after its group length.</summary>
    public uint OfGroup(DicomDataset dataset, ushort group, DicomCharacterSet characterSet) =>
        OfElements(dataset, characterSet, group);

    /// <summary>The items of a sequence, without its header and delimiter.</summary>
    public uint OfItems(DicomSequence sequence, DicomCharacterSet characterSet)
    {
        if (_known.TryGetValue(sequence, out uint known))
            return known;
        ulong total = 0;
        foreach (DicomDataset item in sequence.Items)
            total += 8 + Of(item, item.OwnCharacterSet ?? characterSet) + (options.ExplicitLengthSequenceItems ? 0u : 8u);
        return _known[sequence] = checked((uint)total);
    }

    private uint OfElements(DicomDataset dataset, DicomCharacterSet characterSet, ushort? group)
    {
        ulong total = 0;
        foreach (DicomItem item in dataset.Items)
        {
            if (group is { } only && (item.Tag.Group != only || item.Tag.Element == 0))
                continue;
            if (item.Tag.Element == 0 && !options.KeepGroupLengths)
                continue;
            total += OfItem(item, characterSet);
        }

        return checked((uint)total);
    }

    private ulong OfItem(DicomItem item, DicomCharacterSet characterSet)
    {
        switch (item)
        {
            case DicomSequence sequence:
                return (isExplicit ? 12u : 8u) + OfItems(sequence, characterSet) + (options.ExplicitLengthSequences ? 0u : 8u);
            case DicomFragmentSequence fragments:
                ulong bytes = 12 + 8 + (4u * (uint)fragments.OffsetTable.Count) + 8;
                foreach (Buffer.IByteBuffer fragment in fragments.Fragments)
                    bytes += 8 + (ulong)(fragment.Size + (fragment.Size & 1));
                return bytes;
            default:
                ulong size = (ulong)((DicomElement)item).BufferFor(characterSet).Size;
                size += size & 1;
                return size + (isExplicit && (!item.ValueRepresentation.Is16bitLength || size > ushort.MaxValue) ? 12u : 8u);
        }
    }
}
