using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A code: capitals, digits, space and underscore, up to 16 (PS3.5 6.2).</summary>
public class DicomCodeString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomCodeString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomCodeString(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.CS;
}
