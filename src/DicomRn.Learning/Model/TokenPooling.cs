namespace DicomRn.Learning.Model;

/// <summary>What stands for a whole sub-volume.</summary>
public enum TokenPooling
{
    /// <summary>The class token.</summary>
    ClassToken,

    /// <summary>The mean of the patch tokens.</summary>
    Mean,
}
