namespace DicomRn.Dicom.Network.Client;

/// <summary>What a client does with its association when sending is cancelled.</summary>
public enum DicomClientCancellationMode
{
    /// <summary>
    /// Cancels the C-FIND, C-GET and C-MOVE that are not answered (C-CANCEL), waits for their last responses no longer than for a
    /// release, and releases the association.
    /// </summary>
    ImmediatelyReleaseAssociation = 0,

    /// <summary>Aborts the association.</summary>
    ImmediatelyAbortAssociation = 1,
}
