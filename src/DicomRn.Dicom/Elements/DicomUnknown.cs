using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A value whose VR is not known (PS3.5 6.2).</summary>
public class DicomUnknown : DicomValueElement<byte>
{
    /// <summary>An element with the values given.</summary>
    public DicomUnknown(DicomTag tag, params byte[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomUnknown(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UN;
}
