namespace DicomRn.Learning.Radiomics;

/// <summary>How an image is resampled.</summary>
public enum ImageInterpolation
{
    /// <summary>Cubic B-spline.</summary>
    CubicBSpline,

    /// <summary>Trilinear.</summary>
    Linear,
}
