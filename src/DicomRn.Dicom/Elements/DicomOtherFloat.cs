using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A stream of 32-bit floating point numbers (PS3.5 6.2).</summary>
public class DicomOtherFloat : DicomValueElement<float>
{
    /// <summary>An element with the values given.</summary>
    public DicomOtherFloat(DicomTag tag, params float[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomOtherFloat(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OF;
}
