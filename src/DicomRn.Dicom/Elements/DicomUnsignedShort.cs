using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Unsigned 16-bit integers (PS3.5 6.2).</summary>
public class DicomUnsignedShort : DicomValueElement<ushort>
{
    /// <summary>An element with the values given.</summary>
    public DicomUnsignedShort(DicomTag tag, params ushort[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomUnsignedShort(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.US;
}
