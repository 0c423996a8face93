using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Bytes of any meaning (PS3.5 6.2).</summary>
public class DicomOtherByte : DicomValueElement<byte>
{
    /// <summary>An element with the values given.</summary>
    public DicomOtherByte(DicomTag tag, params byte[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomOtherByte(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OB;
}
