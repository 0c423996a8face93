namespace DicomRn.Dicom.Network;

/// <summary>What a service hears of its connection.</summary>
public interface IDicomService
{
    /// <summary>The peer, or the upper layer for a broken protocol or a time-out, aborted the association.</summary>
    void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason);

    /// <summary>The connection is closed; always the last call.</summary>
    /// <param name="exception">Why, null after an orderly end.</param>
    void OnConnectionClosed(Exception? exception);
}
