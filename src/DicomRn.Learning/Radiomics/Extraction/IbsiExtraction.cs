using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Intensity;
using DicomRn.Learning.Radiomics.Preparation;
using DicomRn.Learning.Radiomics.Texture;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>The image processing scheme of the IBSI manual, chapter 2, and all its features.</summary>
internal static class IbsiExtraction
{
    // Around the mask the local peak looks 6.2 mm far; everything else stays inside.
    private const double MarginMillimetres = 10;

    private const int VolumeHistogramBins = 1000;

    public static IEnumerable<RadiomicFeature> Run(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        if (settings.Images is not [RadiomicsImage.OriginalImage])
            throw new RadiomicsException("filtered images are offered in the PyRadiomics profile only");
        AnalysisRegion region = Prepare(image, mask, settings);
        GreyLevels levels = Discretise(region.Values, settings);
        GreyLevelRegion texture = region.Levels(levels);
        List<RadiomicFeature> features = [];
        Add(FeatureClass.Shape, () => IbsiMorphology.Of(region));
        Add(FeatureClass.FirstOrder, () => IbsiIntensity.Of(region, levels, VolumeHistogram(region.Values, settings)));
        Add(FeatureClass.Glcm, () => IbsiTexture.CoOccurrence(texture));
        Add(FeatureClass.Glrlm, () => IbsiTexture.RunLength(texture));
        Add(FeatureClass.Glszm, () => IbsiTexture.SizeZones(texture));
        Add(FeatureClass.Gldzm, () => IbsiTexture.DistanceZones(texture, [.. region.Box.Crop(region.Morphology).Voxels.Select(v => v != 0)]));
        Add(FeatureClass.Ngtdm, () => IbsiTexture.ToneDifference(texture));
        Add(FeatureClass.Gldm, () => IbsiTexture.Dependence(texture));
        return features;

        void Add(FeatureClass family, Func<IEnumerable<RadiomicFeature>> compute)
        {
            if (settings.Includes(family))
                features.AddRange(compute());
        }
    }

    private static AnalysisRegion Prepare(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        if (settings.Spacing is { } spacing)
        {
            VolumeGeometry target = Resampling.AlignedByCentre(image.Geometry, spacing);
            mask = Resampling.PartialVolumeMask(mask, target);
            VoxelBox box = Around(mask);
            image = Resampling.Image(image, box.Crop(target), settings.Interpolation);
            mask = box.Crop(mask);
        }
        else
        {
            VoxelBox box = Around(mask);
            (image, mask) = (box.Crop(image), box.Crop(mask));
        }

        return new AnalysisRegion(image, mask, Resegmentation.Apply(image, mask, settings));
    }

    private static VoxelBox Around(Volume<byte> mask)
    {
        VoxelBox box = VoxelBox.Around(mask) ?? throw new RadiomicsException("the mask is empty after resampling");
        VolumeGeometry grid = mask.Geometry;
        return box.Padded(Voxels(grid.SpacingI), Voxels(grid.SpacingJ), Voxels(grid.SpacingK), grid);

        static int Voxels(double spacing) => (int)Math.Ceiling(MarginMillimetres / spacing);
    }

    private static GreyLevels Discretise(double[] values, RadiomicsSettings settings)
    {
        if (settings.BinWidth is { } width)
            return GreyLevels.OfWidth(values, width, Start(values, settings));
        if (settings.BinCount is { } count)
            return GreyLevels.OfCount(values, count);
        return values.All(v => v is >= 1 and <= RadiomicsSettings.DefaultBinCount && v == Math.Floor(v))
            ? new GreyLevels(Array.ConvertAll(values, v => (int)v), (int)values.Max())
            : GreyLevels.OfCount(values, RadiomicsSettings.DefaultBinCount);
    }

    // IBSI 2.7: bins of a fixed size begin at the lower end of the range.
    private static double Start(double[] values, RadiomicsSettings settings) =>
        settings is { Range: { } range, RangeMode: RangeMode.Absolute } && double.IsFinite(range.Low) ? range.Low : values.Min();

    // IBSI 3.5: whole numbers are their own steps; else bins from the start of the range, each for its centre.
    private static IntensityVolumeHistogram VolumeHistogram(double[] values, RadiomicsSettings settings)
    {
        double low = values.Min(), high = values.Max(), start = Start(values, settings);
        if (values.All(v => v == Math.Floor(v)) && high - start < 1e6 && start == Math.Floor(start))
            return new IntensityVolumeHistogram(values, start, 1, (int)(high - start) + 1, 0);
        double step = settings.VolumeHistogramBinWidth ?? settings.BinWidth / 10 ?? (high - low) / VolumeHistogramBins;
        if (settings.VolumeHistogramBinWidth is null && settings.BinWidth is null)
            start = low;
        int count = Math.Max(1, Math.Min((int)((high - start) / step) + 1, (int)1e6));
        return new IntensityVolumeHistogram(values, start + step / 2, step, count, step / 2);
    }
}
