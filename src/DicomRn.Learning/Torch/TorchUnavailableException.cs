namespace DicomRn.Learning.Torch;

/// <summary>libtorch is missing, of the wrong version, or does not load on this machine; the message says which.</summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>With a message for the person who runs the program.</summary>
    public TorchUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who runs the program, and the cause.</summary>
    public TorchUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
