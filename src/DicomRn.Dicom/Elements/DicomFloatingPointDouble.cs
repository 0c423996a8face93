using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>64-bit floating point numbers (PS3.5 6.2).</summary>
public class DicomFloatingPointDouble : DicomValueElement<double>
{
    /// <summary>An element with the values given.</summary>
    public DicomFloatingPointDouble(DicomTag tag, params double[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomFloatingPointDouble(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.FD;
}
