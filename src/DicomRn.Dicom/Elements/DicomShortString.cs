using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Text of up to 16 characters (PS3.5 6.2).</summary>
public class DicomShortString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomShortString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomShortString(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.SH;
}
