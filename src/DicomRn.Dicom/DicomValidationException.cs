namespace DicomRn.Dicom;

/// <summary>A value that its VR or VM does not allow (PS3.5 6.2, 6.4).</summary>
public class DicomValidationException : DicomDataException
{
    /// <summary>A fault with a message for the reader of a log.</summary>
    public DicomValidationException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DicomValidationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A value that a VR does not allow.</summary>
    public DicomValidationException(string? content, DicomVR? vr, string message)
        : base(message)
    {
        Content = content;
        VR = vr;
    }

    /// <summary>The value; it may identify a patient, so it belongs in no log.</summary>
    public string? Content { get; }

    /// <summary>The VR whose rule is broken.</summary>
    public DicomVR? VR { get; }
}
