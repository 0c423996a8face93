using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Text of any length, several values allowed (PS3.5 6.2).</summary>
public class DicomUnlimitedCharacters : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomUnlimitedCharacters(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomUnlimitedCharacters(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UC;
}
