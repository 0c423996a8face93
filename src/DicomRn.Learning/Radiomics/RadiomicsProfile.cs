namespace DicomRn.Learning.Radiomics;

/// <summary>Whose definitions and names the features follow. The two differ on purpose; values of one are not values of the other.</summary>
public enum RadiomicsProfile
{
    /// <summary>
    /// Image Biomarker Standardisation Initiative (IBSI reference manual; Zwanenburg 2020): grids aligned by their centre, mask interpolated
    /// and cut at one half, excess kurtosis, names are the manual's tags with the aggregation as suffix (<c>cm_contrast_3D_comb</c>).
    /// </summary>
    Ibsi,

    /// <summary>
    /// PyRadiomics 3 (van Griethuysen 2017): grids aligned at the corner, mask by the nearest voxel, bins at multiples of the width,
    /// kurtosis not reduced by 3, names such as <c>original_glcm_Contrast</c>.
    /// </summary>
    PyRadiomics,
}
