namespace DicomRn.Dicom;

/// <summary>Encapsulated pixel data of VR OW.</summary>
public class DicomOtherWordFragment : DicomFragmentSequence
{
    /// <summary>A sequence without fragments yet.</summary>
    public DicomOtherWordFragment(DicomTag tag)
        : base(tag)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
