using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Dicom;

/// <summary>One member of a data set: an element with a value, or a sequence of items (PS3.5 7.1).</summary>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "Order is by tag; equality is by reference.")]
public abstract class DicomItem : IComparable<DicomItem>, IComparable
{
    /// <summary>An item with a tag.</summary>
    protected DicomItem(DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        Tag = tag;
    }

    /// <summary>Tag.</summary>
    public DicomTag Tag { get; internal set; }

    /// <summary>Value representation.</summary>
    public abstract DicomVR ValueRepresentation { get; }

    /// <summary>Checks the value against its VR and VM.</summary>
    /// <exception cref="DicomValidationException">It breaks a rule; the message names tag and rule.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Orders by tag.</summary>
    public int CompareTo(DicomItem? other) => other is null ? 1 : Tag.CompareTo(other.Tag);

    /// <inheritdoc />
    public int CompareTo(object? obj) => CompareTo(obj as DicomItem);

    /// <inheritdoc />
    public override string ToString() => $"{Tag} {ValueRepresentation.Code} {Tag.DictionaryEntry.Name}";

    /// <summary>Checks that the dictionary allows the VR; UN is allowed for all (PS3.5 6.2.2).</summary>
    /// <exception cref="DicomValidationException">It does not.</exception>
    private protected void ValidateRepresentation()
    {
        DicomVR vr = ValueRepresentation;
        if (vr == DicomVR.UN || Tag.IsPrivate || DicomDictionary.StandardRepresentations(Tag.Value) is not { } allowed
            || allowed[0] == DicomVR.NONE || Array.IndexOf(allowed, vr) >= 0)
        {
            return;
        }

        throw new DicomValidationException(
            null, vr, $"{Tag} {Tag.DictionaryEntry.Name} has the VR {vr.Code}; {string.Join(" or ", allowed.Select(static v => v.Code))} allowed.");
    }

    /// <summary>A copy that shares no data set with this one; values are immutable and stay shared.</summary>
    internal abstract DicomItem Copy();
}
