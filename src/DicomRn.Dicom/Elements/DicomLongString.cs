using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Text of up to 64 characters (PS3.5 6.2).</summary>
public class DicomLongString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomLongString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomLongString(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.LO;
}
