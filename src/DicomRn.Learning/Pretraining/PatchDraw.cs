namespace DicomRn.Learning.Pretraining;

/// <summary>How the patches that the encoder is given are drawn.</summary>
public enum PatchDraw
{
    /// <summary>All alike.</summary>
    Even,

    /// <summary>
    /// Those near the centre, where the lesion is, rather than others: in proportion to a Gaussian of their distance with a quarter of the edge as
    /// its standard deviation.
    /// </summary>
    TowardsCentre,
}
