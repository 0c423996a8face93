using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A stream of 64-bit words (PS3.5 6.2).</summary>
public class DicomOtherVeryLong : DicomValueElement<ulong>
{
    /// <summary>An element with the values given.</summary>
    public DicomOtherVeryLong(DicomTag tag, params ulong[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomOtherVeryLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OV;
}
