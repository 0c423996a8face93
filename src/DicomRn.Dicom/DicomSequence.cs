using System.Collections;

namespace DicomRn.Dicom;

/// <summary>A sequence of items, each a data set (PS3.5 7.5).</summary>
public class DicomSequence : DicomItem, IEnumerable<DicomDataset>
{
    /// <summary>A sequence of the items given.</summary>
    public DicomSequence(DicomTag tag, params DicomDataset[] items)
        : base(tag) => Items = [.. items ?? []];

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.SQ;

    /// <summary>The items.</summary>
    public IList<DicomDataset> Items { get; }

    /// <inheritdoc />
    public IEnumerator<DicomDataset> GetEnumerator() => Items.GetEnumerator();

    /// <summary>Validates every item.</summary>
    /// <exception cref="DicomValidationException">A value breaks a rule.</exception>
    public override void Validate()
    {
        ValidateRepresentation();
        foreach (DicomDataset item in Items)
            item.Validate();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override DicomItem Copy()
    {
        DicomSequence copy = new(Tag);
        foreach (DicomDataset item in Items)
            copy.Items.Add(item.Clone());
        return copy;
    }
}
