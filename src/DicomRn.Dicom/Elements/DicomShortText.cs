using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Text of up to 1024 characters (PS3.5 6.2).</summary>
public class DicomShortText : DicomSingleStringElement
{
    /// <summary>An element with the text given.</summary>
    public DicomShortText(DicomTag tag, string value)
        : base(tag, value)
    {
    }

    /// <summary>An element whose text is still encoded.</summary>
    public DicomShortText(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.ST;
}
