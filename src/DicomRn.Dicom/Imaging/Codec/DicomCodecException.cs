namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Pixel data cannot be decoded or encoded.</summary>
public class DicomCodecException : DicomException
{
    /// <summary>A failure with its reason.</summary>
    public DicomCodecException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its reason and cause.</summary>
    public DicomCodecException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
