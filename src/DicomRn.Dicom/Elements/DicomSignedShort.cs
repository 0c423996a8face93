using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Signed 16-bit integers (PS3.5 6.2).</summary>
public class DicomSignedShort : DicomValueElement<short>
{
    /// <summary>An element with the values given.</summary>
    public DicomSignedShort(DicomTag tag, params short[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomSignedShort(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.SS;
}
