using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

public partial class DicomDataset
{
    /// <summary>Adds items.</summary>
    /// <exception cref="DicomDataException">An element of the same tag is there.</exception>
    /// <exception cref="DicomValidationException">A value breaks the rule of its VR.</exception>
    public DicomDataset Add(params DicomItem[] items) => Add((IEnumerable<DicomItem>)items);

    /// <inheritdoc cref="Add(DicomItem[])" />
    public DicomDataset Add(IEnumerable<DicomItem>? items)
    {
        foreach (DicomItem item in items ?? [])
            Put(item, replace: false);
        return this;
    }

    /// <summary>Adds an element of the VR that the dictionary gives.</summary>
    /// <inheritdoc cref="Add(DicomItem[])" />
    public DicomDataset Add<T>(DicomTag tag, params T[] values) => Add(UsualVr<T>(tag), tag, values);

    /// <summary>Adds an element of a VR.</summary>
    /// <inheritdoc cref="Add(DicomItem[])" />
    public DicomDataset Add<T>(DicomVR vr, DicomTag tag, params T[] values)
    {
        Put(ElementFactory.FromValues(vr, tag, values), replace: false);
        return this;
    }

    /// <summary>Adds items, replacing those of the same tag.</summary>
    /// <exception cref="DicomValidationException">A value breaks the rule of its VR.</exception>
    public DicomDataset AddOrUpdate(params DicomItem[] items) => AddOrUpdate((IEnumerable<DicomItem>)items);

    /// <inheritdoc cref="AddOrUpdate(DicomItem[])" />
    public DicomDataset AddOrUpdate(IEnumerable<DicomItem>? items)
    {
        foreach (DicomItem item in items ?? [])
            Put(item, replace: true);
        return this;
    }

    /// <summary>Adds an element of the VR that the dictionary gives, replacing one of the same tag.</summary>
    /// <inheritdoc cref="AddOrUpdate(DicomItem[])" />
    public DicomDataset AddOrUpdate<T>(DicomTag tag, params T[] values) => AddOrUpdate(UsualVr<T>(tag), tag, values);

    /// <summary>Adds an element of a VR, replacing one of the same tag.</summary>
    /// <inheritdoc cref="AddOrUpdate(DicomItem[])" />
    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, params T[] values)
    {
        Put(ElementFactory.FromValues(vr, tag, values), replace: true);
        return this;
    }

    /// <summary>Adds an element of a VR in a character set of its own choice; it is written in the data set's one.</summary>
    /// <inheritdoc cref="AddOrUpdate(DicomItem[])" />
    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, Encoding? encoding, params T[] values) =>
        AddOrUpdate(vr, tag, values);

    /// <summary>Sets Pixel Data, and the transfer syntax in which it is.</summary>
    public DicomDataset AddOrUpdatePixelData(DicomVR vr, IByteBuffer pixelData, DicomTransferSyntax? transferSyntax = null)
    {
        if (transferSyntax is not null)
            InternalTransferSyntax = transferSyntax;
        return AddOrUpdate(vr, DicomTag.PixelData, pixelData);
    }

    private static DicomVR UsualVr<T>(DicomTag tag)
    {
        DicomDictionaryEntry entry = tag.DictionaryEntry;
        if (ReferenceEquals(entry, DicomDictionary.UnknownTag))
            throw new DicomDataException($"{tag} is in no dictionary: its VR has to be given.");
        DicomVR[] allowed = entry.ValueRepresentations;
        if (allowed.Length > 1)
        {
            foreach (DicomVR vr in allowed)
            {
                if (vr.ValueType == typeof(T) || vr.ValueType == typeof(T[]))
                    return vr;
            }
        }

        return allowed[0];
    }
}
