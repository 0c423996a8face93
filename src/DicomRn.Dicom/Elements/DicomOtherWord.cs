using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>16-bit words (PS3.5 6.2).</summary>
public class DicomOtherWord : DicomValueElement<ushort>
{
    /// <summary>An element with the values given.</summary>
    public DicomOtherWord(DicomTag tag, params ushort[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomOtherWord(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
