namespace DicomRn.Dicom.Network;

/// <summary>A fault between two DICOM application entities.</summary>
public class DicomNetworkException : DicomException
{
    /// <summary>A fault with a message that names the peer and the reason.</summary>
    public DicomNetworkException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DicomNetworkException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
