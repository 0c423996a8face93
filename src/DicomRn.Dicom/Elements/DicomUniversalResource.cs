using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A URI or URL (PS3.5 6.2).</summary>
public class DicomUniversalResource : DicomSingleStringElement
{
    /// <summary>An element with the text given.</summary>
    public DicomUniversalResource(DicomTag tag, string value)
        : base(tag, value)
    {
    }

    /// <summary>An element whose text is still encoded.</summary>
    public DicomUniversalResource(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UR;
}
