namespace DicomRn.Learning.Radiomics;

/// <summary>The families of features.</summary>
public enum FeatureClass
{
    /// <summary>Size and shape of the mask.</summary>
    Shape,

    /// <summary>Size and shape of a mask of one slice; PyRadiomics profile only, and only where it is asked for.</summary>
    Shape2D,

    /// <summary>Intensities: statistics, and in the IBSI profile histogram, intensity-volume histogram and local peaks.</summary>
    FirstOrder,

    /// <summary>Grey level co-occurrence.</summary>
    Glcm,

    /// <summary>Grey level run lengths.</summary>
    Glrlm,

    /// <summary>Grey level size zones.</summary>
    Glszm,

    /// <summary>Grey level distance zones; IBSI profile only.</summary>
    Gldzm,

    /// <summary>Neighbouring grey level dependence.</summary>
    Gldm,

    /// <summary>Neighbourhood grey tone difference.</summary>
    Ngtdm,
}
