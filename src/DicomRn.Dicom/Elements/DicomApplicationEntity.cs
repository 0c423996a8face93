using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An application entity title (PS3.5 6.2).</summary>
public class DicomApplicationEntity : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomApplicationEntity(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomApplicationEntity(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.AE;
}
