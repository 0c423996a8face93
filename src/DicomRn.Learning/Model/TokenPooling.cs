namespace DicomRn.Learning.Model;

/// <summary>What stands for a whole sub-volume.</summary>
public enum TokenPooling
{
    /// <summary>The class token; the mean of the patch tokens where a pre-trained encoder has none.</summary>
    ClassToken,

    /// <summary>The mean of the patch tokens.</summary>
    Mean,

    /// <summary>The class token; one of zeros is added to a pre-trained encoder that has none.</summary>
    AddedClassToken,

    /// <summary>
    /// The mean of the patch tokens, each weighted by how much of the lesion's mask is in its patch; of all patches alike where there is none.
    /// </summary>
    Lesion,

    /// <summary>
    /// The mean of the patch tokens, each weighted by its distance from the centre: a Gaussian with a sixth of the edge as its standard deviation.
    /// Where sub-volumes were cut around something that no mask marks.
    /// </summary>
    Centre,
}
