using System.Globalization;

namespace DicomRn.Learning.Radiomics;

/// <summary>An image that features are taken from: the original, or what a filter makes of it.</summary>
public abstract record RadiomicsImage
{
    private RadiomicsImage()
    {
    }

    /// <summary>The image itself.</summary>
    public static RadiomicsImage Original { get; } = new OriginalImage();

    /// <summary>The image itself.</summary>
    public sealed record OriginalImage : RadiomicsImage;

    /// <summary>Laplacian of a Gaussian, scale-normalised: σ² times the sum of second derivatives.</summary>
    /// <param name="Sigma">Standard deviation, mm.</param>
    public sealed record LaplacianOfGaussian(double Sigma) : RadiomicsImage
    {
        /// <summary>As PyRadiomics writes it: <c>log-sigma-1-5-mm-3D</c>.</summary>
        public string Name
        {
            get
            {
                string sigma = Sigma.ToString(Sigma == Math.Floor(Sigma) ? "0.0" : "R", CultureInfo.InvariantCulture);
                return $"log-sigma-{sigma.Replace('.', '-')}-mm-3D";
            }
        }
    }

    /// <summary>The eight parts of one level of an undecimated coiflet (coif1) decomposition: LLL to HHH, the letters in the order of the axes I, J, K.</summary>
    public sealed record Wavelet : RadiomicsImage;
}
