namespace DicomRn.Dicom.Network;

/// <summary>The peer did not answer a DIMSE request in time.</summary>
public class DicomRequestTimedOutException : DicomNetworkException
{
    /// <summary>A time-out of one request.</summary>
    public DicomRequestTimedOutException(DicomRequest request, TimeSpan timeout)
        : this(request, timeout, "the peer")
    {
    }

    internal DicomRequestTimedOutException(DicomRequest request, TimeSpan timeout, string peer)
        : base($"{peer} did not answer {request} within {timeout.TotalSeconds:0.###} s")
    {
        Request = request;
        TimeOut = timeout;
    }

    /// <summary>The request without an answer.</summary>
    public DicomRequest Request { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan TimeOut { get; }
}
