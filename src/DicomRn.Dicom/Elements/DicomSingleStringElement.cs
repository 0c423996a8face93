using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An element of one text, in which a backslash has no meaning.</summary>
public abstract class DicomSingleStringElement : DicomStringElement
{
    private protected DicomSingleStringElement(DicomTag tag, string? value)
        : base(tag, value)
    {
    }

    private protected DicomSingleStringElement(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override int Count => Text.Length == 0 ? 0 : 1;

    internal override T At<T>(int index)
    {
        if (index != 0 || Count == 0)
            throw NoValue(index);
        return ValueConversion.Parse<T>(Text, Tag);
    }

    private protected override void ValidateValues() => ValueRules.Check(this, Text);
}
