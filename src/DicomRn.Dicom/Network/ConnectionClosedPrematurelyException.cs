namespace DicomRn.Dicom.Network;

/// <summary>The connection was lost before the association was released.</summary>
public class ConnectionClosedPrematurelyException : DicomNetworkException
{
    /// <summary>A lost connection, with a message that names the peer.</summary>
    public ConnectionClosedPrematurelyException(string message)
        : base(message)
    {
    }

    /// <summary>A lost connection with its cause.</summary>
    public ConnectionClosedPrematurelyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
