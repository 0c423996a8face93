namespace DicomRn.Dicom.Network.Client.EventArguments;

/// <summary>A request was not answered in time.</summary>
public class RequestTimedOutEventArgs : EventArgs
{
    /// <summary>A time-out.</summary>
    public RequestTimedOutEventArgs(DicomRequest request, TimeSpan timeout) => (Request, Timeout) = (request, timeout);

    /// <summary>The request.</summary>
    public DicomRequest Request { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan Timeout { get; }
}
