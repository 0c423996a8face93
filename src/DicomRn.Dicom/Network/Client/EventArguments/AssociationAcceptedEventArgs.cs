namespace DicomRn.Dicom.Network.Client.EventArguments;

/// <summary>An association was accepted.</summary>
public class AssociationAcceptedEventArgs : EventArgs
{
    /// <summary>An accepted association.</summary>
    public AssociationAcceptedEventArgs(DicomAssociation association) => Association = association;

    /// <summary>The association with the peer's answer to every presentation context.</summary>
    public DicomAssociation Association { get; }
}
