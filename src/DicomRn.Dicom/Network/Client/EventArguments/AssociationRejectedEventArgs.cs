namespace DicomRn.Dicom.Network.Client.EventArguments;

/// <summary>An association was rejected.</summary>
public class AssociationRejectedEventArgs : EventArgs
{
    /// <summary>A rejection.</summary>
    public AssociationRejectedEventArgs(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason) =>
        (Result, Source, Reason) = (result, source, reason);

    /// <summary>Whether asking again may succeed.</summary>
    public DicomRejectResult Result { get; }

    /// <summary>Who rejected.</summary>
    public DicomRejectSource Source { get; }

    /// <summary>Why.</summary>
    public DicomRejectReason Reason { get; }
}
