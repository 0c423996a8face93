namespace DicomRn.Dicom;

/// <summary>A fault of DICOM data or of a DICOM peer.</summary>
public class DicomException : Exception
{
    /// <summary>A fault without a message.</summary>
    public DicomException()
    {
    }

    /// <summary>A fault with a message for the reader of a log.</summary>
    public DicomException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DicomException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
