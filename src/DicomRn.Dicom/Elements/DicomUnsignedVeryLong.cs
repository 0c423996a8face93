using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Unsigned 64-bit integers (PS3.5 6.2).</summary>
public class DicomUnsignedVeryLong : DicomValueElement<ulong>
{
    /// <summary>An element with the values given.</summary>
    public DicomUnsignedVeryLong(DicomTag tag, params ulong[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomUnsignedVeryLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UV;
}
