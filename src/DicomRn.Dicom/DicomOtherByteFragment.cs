namespace DicomRn.Dicom;

/// <summary>Encapsulated pixel data of VR OB.</summary>
public class DicomOtherByteFragment : DicomFragmentSequence
{
    /// <summary>A sequence without fragments yet.</summary>
    public DicomOtherByteFragment(DicomTag tag)
        : base(tag)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OB;
}
