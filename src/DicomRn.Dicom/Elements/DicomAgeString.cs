using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An age: three digits and D, W, M or Y (PS3.5 6.2).</summary>
public class DicomAgeString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomAgeString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomAgeString(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.AS;
}
