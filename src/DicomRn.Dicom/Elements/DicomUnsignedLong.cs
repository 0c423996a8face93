using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Unsigned 32-bit integers (PS3.5 6.2).</summary>
public class DicomUnsignedLong : DicomValueElement<uint>
{
    /// <summary>An element with the values given.</summary>
    public DicomUnsignedLong(DicomTag tag, params uint[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomUnsignedLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UL;
}
