namespace DicomRn.Dicom.Network;

/// <summary>The peer did not answer the association request in time.</summary>
public class DicomAssociationRequestTimedOutException : DicomNetworkException
{
    /// <summary>A time-out after <paramref name="retryCount"/> attempts of <paramref name="timeoutInMs"/> ms each.</summary>
    public DicomAssociationRequestTimedOutException(int timeoutInMs, int retryCount)
        : this(timeoutInMs, retryCount, "the peer")
    {
    }

    internal DicomAssociationRequestTimedOutException(int timeoutInMs, int retryCount, string peer)
        : base($"{peer} did not answer {retryCount} association request(s) within {timeoutInMs} ms each")
    {
    }
}
