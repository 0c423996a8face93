using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>A DIMSE request.</summary>
public abstract class DicomRequest : DicomMessage
{
    private static int _lastMessageId;

    /// <summary>A received request.</summary>
    protected DicomRequest(DicomDataset command)
        : base(command)
    {
    }

    private protected DicomRequest(StoreCommand received)
        : base(received)
    {
    }

    /// <summary>A request to send, with a message ID of its own.</summary>
    protected DicomRequest(DicomCommandField type, DicomUID requestedClassUid)
    {
        Type = type;
        SOPClassUID = requestedClassUid;
        MessageID = GetNextMessageID();
        Dataset = null;
    }

    /// <summary>
    /// Called when no response came within <see cref="DicomServiceOptions.RequestTimeout"/>, and for a request of an acceptor also when
    /// the association ends without one.
    /// </summary>
    public event EventHandler<OnTimeoutEventArgs>? OnTimeout;

    /// <summary>What is to be negotiated for the SOP class (PS3.7 D.3.3.5); null for nothing.</summary>
    public DicomServiceApplicationInfo? ApplicationInfo { get; set; }

    /// <summary>A message ID that the last 65,534 requests did not have.</summary>
    protected static ushort GetNextMessageID() =>
        (ushort)(((uint)Interlocked.Increment(ref _lastMessageId) % (ushort.MaxValue - 1)) + 1);

    /// <summary>Hands a response to whoever sent the request.</summary>
    protected internal abstract void PostResponse(DicomService service, DicomResponse response);

    internal void RaiseTimeout(TimeSpan timeout) => OnTimeout?.Invoke(this, new OnTimeoutEventArgs(timeout));

    /// <summary>A request that was not answered in time.</summary>
    public class OnTimeoutEventArgs : EventArgs
    {
        /// <summary>A time-out.</summary>
        public OnTimeoutEventArgs(TimeSpan timeout) => Timeout = timeout;

        /// <summary>How long was waited.</summary>
        public TimeSpan Timeout { get; }
    }
}
