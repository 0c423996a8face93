namespace DicomRn.Learning.Radiomics;

/// <summary>What the ends of a range of intensities are measured in (PyRadiomics' <c>resegmentMode</c>).</summary>
public enum RangeMode
{
    /// <summary>Intensities.</summary>
    Absolute,

    /// <summary>Fractions of the highest intensity in the mask.</summary>
    Relative,

    /// <summary>Standard deviations from the mean in the mask.</summary>
    Sigma,
}
