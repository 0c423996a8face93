using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Signed 64-bit integers (PS3.5 6.2).</summary>
public class DicomSignedVeryLong : DicomValueElement<long>
{
    /// <summary>An element with the values given.</summary>
    public DicomSignedVeryLong(DicomTag tag, params long[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomSignedVeryLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.SV;
}
