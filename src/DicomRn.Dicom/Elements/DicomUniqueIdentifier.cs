using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Unique identifiers (PS3.5 6.2, 9).</summary>
public class DicomUniqueIdentifier : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomUniqueIdentifier(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element with the values given.</summary>
    public DicomUniqueIdentifier(DicomTag tag, params DicomUID[] values)
        : base(tag, Array.ConvertAll(values ?? [], static v => v.UID))
    {
    }

    /// <summary>An element with the values given.</summary>
    public DicomUniqueIdentifier(DicomTag tag, params DicomTransferSyntax[] values)
        : base(tag, Array.ConvertAll(values ?? [], static v => v.UID.UID))
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomUniqueIdentifier(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.UI;
}
