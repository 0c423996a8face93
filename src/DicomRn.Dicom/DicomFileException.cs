namespace DicomRn.Dicom;

/// <summary>A file that cannot be read or written; the message names the file and, where reading stopped, the byte position.</summary>
public class DicomFileException : DicomDataException
{
    /// <summary>A fault with a message for the reader of a log.</summary>
    public DicomFileException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DicomFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A fault of a file of which a part was read.</summary>
    public DicomFileException(DicomFile? file, string message, Exception? innerException)
        : base(message, innerException) => File = file;

    /// <summary>What was read before the fault, where there is something.</summary>
    public DicomFile? File { get; }
}
