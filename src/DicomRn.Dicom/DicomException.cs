namespace DicomRn.Dicom;

/// <summary>A fault of DICOM data or of a DICOM peer.</summary>
public abstract class DicomException : Exception
{
    /// <summary>A fault with a message for the reader of a log.</summary>
    protected DicomException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    protected DicomException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
