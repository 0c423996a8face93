namespace DicomRn.Learning.Packs;

/// <summary>A model pack cannot be used; the message names the file and the reason.</summary>
public sealed class ModelPackException : Exception
{
    /// <summary>With a message for the person who runs the program.</summary>
    public ModelPackException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who runs the program, and the cause.</summary>
    public ModelPackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
