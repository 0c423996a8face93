using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Extraction;

namespace DicomRn.Learning.Radiomics;

/// <summary>Radiomic features of a region of an image.</summary>
public static class RadiomicsExtractor
{
    /// <summary>Computes features.</summary>
    /// <param name="image">The image.</param>
    /// <param name="mask">On the same grid; any non-zero value is inside.</param>
    /// <param name="settings">What and how.</param>
    /// <returns>In a fixed order, each name once.</returns>
    /// <exception cref="RadiomicsException">The grids differ, the mask is empty, or the settings are wrong.</exception>
    public static IReadOnlyList<RadiomicFeature> Extract(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        settings.Validate();
        if (!image.Geometry.Coincides(mask.Geometry))
            throw new RadiomicsException("image and mask are not on the same grid");
        if (!mask.Voxels.AsSpan().ContainsAnyExcept((byte)0))
            throw new RadiomicsException("the mask is empty");
        return settings.Profile == RadiomicsProfile.Ibsi
            ? [.. IbsiExtraction.Run(image, mask, settings)]
            : [.. PyRadiomicsExtraction.Run(image, mask, settings)];
    }
}
