namespace DicomRn.Dicom.Network.Client;

/// <summary>What a client does with its association when sending is cancelled.</summary>
public enum DicomClientCancellationMode
{
    /// <summary>Waits for nothing more and releases the association.</summary>
    ImmediatelyReleaseAssociation = 0,

    /// <summary>Aborts the association.</summary>
    ImmediatelyAbortAssociation = 1,
}
