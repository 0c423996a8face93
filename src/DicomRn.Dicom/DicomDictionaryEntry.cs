namespace DicomRn.Dicom;

/// <summary>What PS3.6 registers about one data element.</summary>
public sealed class DicomDictionaryEntry
{
    /// <summary>An entry of one element.</summary>
    public DicomDictionaryEntry(DicomTag tag, string name, string keyword, DicomVM vm, bool isRetired, params DicomVR[] vrs)
        : this(tag, null, name, keyword, vm, isRetired, vrs)
    {
    }

    internal DicomDictionaryEntry(
        DicomTag tag, DicomMaskedTag? maskTag, string name, string keyword, DicomVM vm, bool isRetired, DicomVR[] vrs)
    {
        Tag = tag;
        MaskTag = maskTag;
        Name = string.IsNullOrWhiteSpace(name) ? tag.ToString() : name.Trim();
        Keyword = string.IsNullOrWhiteSpace(keyword) ? Name : keyword;
        ValueMultiplicity = vm;
        IsRetired = isRetired;
        ValueRepresentations = vrs;
    }

    /// <summary>The tag; of a repeating element the first one.</summary>
    public DicomTag Tag { get; }

    /// <summary>Which tags a repeating element covers; null for all others.</summary>
    public DicomMaskedTag? MaskTag { get; }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Keyword.</summary>
    public string Keyword { get; }

    /// <summary>The VRs allowed, the usual one first.</summary>
    public DicomVR[] ValueRepresentations { get; }

    /// <summary>How many values are allowed.</summary>
    public DicomVM ValueMultiplicity { get; }

    /// <summary>Whether the element is retired.</summary>
    public bool IsRetired { get; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{(object?)MaskTag ?? Tag} {string.Join("/", ValueRepresentations.Select(static v => v.Code))} {ValueMultiplicity} {Name}";
}
