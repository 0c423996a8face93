namespace DicomRn.Dicom;

/// <summary>Data that is not as the standard or the caller wants it: a missing element, a wrong type, an impossible encoding.</summary>
public class DicomDataException : DicomException
{
    /// <summary>A fault with a message for the reader of a log.</summary>
    public DicomDataException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DicomDataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
