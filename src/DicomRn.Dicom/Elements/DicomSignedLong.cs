using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Signed 32-bit integers (PS3.5 6.2).</summary>
public class DicomSignedLong : DicomValueElement<int>
{
    /// <summary>An element with the values given.</summary>
    public DicomSignedLong(DicomTag tag, params int[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomSignedLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.SL;
}
