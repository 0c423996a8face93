namespace DicomRn.Dicom;

public partial class DicomDataset
{
    /// <summary>
    /// The tag with the block number under which this data set keeps the private creator's elements; the same tag for
    /// standard elements and where the creator is not there.
    /// </summary>
    public DicomTag GetPrivateTag(DicomTag tag) => Resolve(tag) ?? tag;

    /// <summary>The actual tag of an element; null for a private one whose creator has no block here.</summary>
    private DicomTag? Resolve(DicomTag tag)
    {
        if (tag.PrivateCreator is not { } creator || tag.IsPrivateCreatorElement)
            return tag;
        int block = Block(tag, creator);
        return block < 0 ? null : InBlock(tag, block);
    }

    /// <summary>A tag as read, with the creator that has reserved its block here.</summary>
    internal DicomTag WithCreator(DicomTag tag) => WithCreator(tag.Value);

    /// <inheritdoc cref="WithCreator(DicomTag)" />
    internal DicomTag WithCreator(uint tag)
    {
        uint element = tag & 0xFFFF;
        if ((tag & 0x10000) == 0 || element < 0x1000)
            return DicomTag.Of(tag);
        return Find((tag & 0xFFFF0000) | (element >> 8)) is DicomStringElement { IsAtUri: false } creator && creator.WholeText() is { Length: > 0 } name
            ? new DicomTag((ushort)(tag >> 16), (ushort)element, name)
            : DicomTag.Of(tag);
    }

    /// <summary>As <see cref="Resolve"/>, after reserving a block for a creator that has none yet.</summary>
    private DicomTag Reserve(DicomTag tag)
    {
        DicomPrivateCreator creator = tag.PrivateCreator!;
        int block = Block(tag, creator);
        for (int free = 0x10; block < 0 && free <= 0xFF; free++)
        {
            if (Find((uint)tag.Group << 16 | (uint)free) is not null)
                continue;
            block = free;
            Insert(new DicomLongString(new DicomTag(tag.Group, (ushort)free), creator.Creator), replace: false);
        }

        return block >= 0
            ? InBlock(tag, block)
            : throw new DicomDataException($"Group {tag.Group:x4} has no block left for the private creator '{creator.Creator}'.");
    }

    /// <summary>The block of a creator: the tag's own one, since a creator may have several, or the first.</summary>
    private int Block(DicomTag tag, DicomPrivateCreator creator)
    {
        int own = tag.Element >> 8;
        if (own >= 0x10 && Reserves(tag.Group, own, creator))
            return own;
        for (int block = 0x10; block <= 0xFF; block++)
        {
            if (Reserves(tag.Group, block, creator))
                return block;
        }

        return -1;
    }

    private bool Reserves(ushort group, int block, DicomPrivateCreator creator) =>
        Find((uint)group << 16 | (uint)block) is DicomStringElement { Count: > 0 } element && element.At<string>(0) == creator.Creator;

    private static DicomTag InBlock(DicomTag tag, int block) =>
        new(tag.Group, (ushort)(block << 8 | tag.Element & 0xFF), tag.PrivateCreator);
}
