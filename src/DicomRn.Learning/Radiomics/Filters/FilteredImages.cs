using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Filters;

/// <summary>The images that features are taken from, with PyRadiomics' names.</summary>
internal static class FilteredImages
{
    public static IEnumerable<(string Name, Volume<float> Image)> Of(Volume<float> image, IEnumerable<RadiomicsImage> wanted)
    {
        foreach (RadiomicsImage filter in wanted)
        {
            switch (filter)
            {
                case RadiomicsImage.OriginalImage:
                    yield return ("original", image);
                    break;
                case RadiomicsImage.LaplacianOfGaussian log:
                    yield return (log.Name, LaplacianOfGaussian.Apply(image, log.Sigma));
                    break;
                case RadiomicsImage.Wavelet:
                    foreach ((string name, Volume<float> part) in CoifletTransform.Apply(image))
                        yield return (name, part);
                    break;
            }
        }
    }
}
