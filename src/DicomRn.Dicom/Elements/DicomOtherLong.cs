using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A stream of 32-bit words (PS3.5 6.2).</summary>
public class DicomOtherLong : DicomValueElement<uint>
{
    /// <summary>An element with the values given.</summary>
    public DicomOtherLong(DicomTag tag, params uint[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomOtherLong(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OL;
}
