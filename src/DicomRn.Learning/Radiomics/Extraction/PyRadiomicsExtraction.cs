using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Filters;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>PyRadiomics' processing: normalise, resample, re-segment, filter, discretise, features of every image.</summary>
internal static class PyRadiomicsExtraction
{
    private const double DefaultBinWidth = 25;

    public static IEnumerable<RadiomicFeature> Run(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        if (settings.Normalize)
            image = Normalise(image, settings);
        (image, mask) = Resample(image, mask, settings);
        Volume<byte> reduced = Resegmentation.Apply(image, mask, settings);
        List<RadiomicFeature> features = [];
        Volume<byte> shape = settings.RangeAppliesToShape ? reduced : mask;
        if (settings.Includes(FeatureClass.Shape) && !settings.Force2D)
            features.AddRange(Named("original_shape", FeatureClass.Shape, PyRadiomicsShape.Volume(shape)));
        if (settings.Includes(FeatureClass.Shape2D))
            features.AddRange(Named("original_shape2D", FeatureClass.Shape2D, PyRadiomicsShape.Plane(shape, settings.Force2DDimension)));
        foreach ((string name, Volume<float> filtered) in FilteredImages.Of(image, settings.Images))
            features.AddRange(OfImage(name, filtered, mask, reduced));
        return features;

        IEnumerable<RadiomicFeature> Named(string prefix, FeatureClass family, IEnumerable<(string Name, double Value)> values) =>
            values.Where(v => settings.Features is null || settings.Features[family] is [] || settings.Features[family].Contains(v.Name))
                .Select(v => new RadiomicFeature($"{prefix}_{v.Name}", v.Value));

        IEnumerable<RadiomicFeature> OfImage(string name, Volume<float> filtered, Volume<byte> whole, Volume<byte> part)
        {
            AnalysisRegion region = new(filtered, whole, part);
            GreyLevels levels = settings.BinCount is { } count
                ? GreyLevels.OfCount(region.Values, count)
                : GreyLevels.OfMultiples(region.Values, settings.BinWidth ?? DefaultBinWidth);
            PyRadiomicsTexture texture = new(new AnalysisRegion(filtered, part, part).Levels(levels), settings);
            (FeatureClass Family, string Name, Func<IEnumerable<(string, double)>> Compute)[] families =
            [
                (FeatureClass.FirstOrder, "firstorder",
                    () => PyRadiomicsFirstOrder.Of(region.Values, levels, settings.VoxelArrayShift, filtered.Geometry.VoxelVolume)),
                (FeatureClass.Glcm, "glcm", texture.CoOccurrence),
                (FeatureClass.Gldm, "gldm", texture.Dependence),
                (FeatureClass.Glrlm, "glrlm", texture.RunLength),
                (FeatureClass.Glszm, "glszm", texture.SizeZone),
                (FeatureClass.Ngtdm, "ngtdm", texture.ToneDifference),
            ];
            return families.Where(f => settings.Includes(f.Family)).SelectMany(f => Named($"{name}_{f.Name}", f.Family, f.Compute()));
        }
    }

    private static Volume<float> Normalise(Volume<float> image, RadiomicsSettings settings)
    {
        double mean = image.Voxels.Average(v => (double)v);
        double deviation = Math.Sqrt(image.Voxels.Sum(v => (v - mean) * (v - mean)) / (image.Voxels.Length - 1));
        if (!(deviation > 0))
            throw new RadiomicsException("the image cannot be normalised: all its intensities are equal");
        double limit = settings.NormalizeOutliers ?? double.PositiveInfinity;
        return new Volume<float>(
            image.Geometry, Array.ConvertAll(image.Voxels, v => (float)(Math.Clamp((v - mean) / deviation, -limit, limit) * settings.NormalizeScale)));
    }

    private static (Volume<float> Image, Volume<byte> Mask) Resample(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        VoxelBox box = VoxelBox.Around(mask) ?? throw new RadiomicsException("the mask is empty");
        VolumeGeometry grid = image.Geometry;
        if (settings.Spacing is not { } spacing || spacing == new VoxelSpacing(grid.SpacingI, grid.SpacingJ, grid.SpacingK))
            return (image, mask);
        VolumeGeometry target = Resampling.AlignedByCorner(grid, spacing, box, settings.PadDistance);
        Volume<float> resampled = Resampling.Image(image, target, settings.Interpolation);
        // It resamples in the type of the file: where that holds whole numbers, values are cut to whole numbers.
        if (Array.TrueForAll(image.Voxels, v => v == MathF.Floor(v)))
            resampled = new Volume<float>(target, Array.ConvertAll(resampled.Voxels, MathF.Truncate));
        Volume<byte> nearest = Resampling.NearestMask(mask, target);
        return VoxelBox.Around(nearest) is null
            ? throw new RadiomicsException("the mask is empty after resampling")
            : (resampled, nearest);
    }
}
