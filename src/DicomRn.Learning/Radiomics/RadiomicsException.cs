namespace DicomRn.Learning.Radiomics;

/// <summary>Features cannot be computed, or the settings are wrong. The message is one line that gives the reason.</summary>
public sealed class RadiomicsException : Exception
{
    /// <summary>A failure with its reason.</summary>
    public RadiomicsException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its reason and what was behind it.</summary>
    public RadiomicsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
