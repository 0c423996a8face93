namespace DicomRn.Learning.Radiomics;

/// <summary>What is computed and how the image is prepared for it.</summary>
public sealed record RadiomicsSettings
{
    /// <summary>Definitions and names.</summary>
    public RadiomicsProfile Profile { get; init; } = RadiomicsProfile.Ibsi;

    /// <summary>Spacing of the voxels after resampling along I, J and K, mm, 0 to keep that of an axis; null for no resampling.</summary>
    public VoxelSpacing? Spacing { get; init; }

    /// <summary>How the image is resampled.</summary>
    public ImageInterpolation Interpolation { get; init; } = ImageInterpolation.CubicBSpline;

    /// <summary>
    /// Width of the bins of intensity. IBSI: from the lower end of <see cref="Range"/>, else from the lowest intensity. PyRadiomics: at multiples of the width;
    /// 25 where neither width nor count is given.
    /// </summary>
    public double? BinWidth { get; init; }

    /// <summary>
    /// Number of equal bins from the lowest to the highest intensity. IBSI, where neither width nor count is given: whole numbers
    /// from 1 to <see cref="DefaultBinCount"/> are grey levels already, anything else goes into <see cref="DefaultBinCount"/> bins.
    /// </summary>
    public int? BinCount { get; init; }

    /// <summary>The number of bins in the IBSI profile where nothing is said.</summary>
    public const int DefaultBinCount = 64;

    /// <summary>Step of the intensity-volume histogram (IBSI); null for a tenth of <see cref="BinWidth"/>, 1000 bins without one.</summary>
    public double? VolumeHistogramBinWidth { get; init; }

    /// <summary>Re-segmentation: what lies outside is taken from the intensity mask (both ends belong to it).</summary>
    public IntensityRange? Range { get; init; }

    /// <summary>What <see cref="Range"/> is measured in.</summary>
    public RangeMode RangeMode { get; init; }

    /// <summary>Whether re-segmentation changes the shape features too (PyRadiomics' <c>resegmentShape</c>).</summary>
    public bool RangeAppliesToShape { get; init; }

    /// <summary>Takes intensities more than so many standard deviations from the mean out of the intensity mask (IBSI 2.5).</summary>
    public double? OutlierSigma { get; init; }

    /// <summary>Whether the image is brought to mean 0 and standard deviation <see cref="NormalizeScale"/> first (PyRadiomics).</summary>
    public bool Normalize { get; init; }

    /// <summary>Standard deviation after normalisation.</summary>
    public double NormalizeScale { get; init; } = 1;

    /// <summary>After normalisation, cuts to so many standard deviations from 0; null for none.</summary>
    public double? NormalizeOutliers { get; init; }

    /// <summary>Added to intensities for Energy, TotalEnergy and RootMeanSquared (PyRadiomics).</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>Whether texture looks at neighbours in a plane only (PyRadiomics).</summary>
    public bool Force2D { get; init; }

    /// <summary>The axis at right angles to that plane: 0 = slices, 1 = rows, 2 = columns.</summary>
    public int Force2DDimension { get; init; }

    /// <summary>Whether co-occurrence and run length matrices of all directions are added up before features are taken (PyRadiomics' <c>no_weighting</c>).</summary>
    public bool MergeDirections { get; init; }

    /// <summary>The largest difference of levels that counts as dependent (PyRadiomics' <c>gldm_a</c>).</summary>
    public int DependenceCoarseness { get; init; }

    /// <summary>Voxels kept around the mask when resampling and filtering (PyRadiomics).</summary>
    public int PadDistance { get; init; } = 5;

    /// <summary>The images that features are taken from.</summary>
    public IReadOnlyList<RadiomicsImage> Images { get; init; } = [RadiomicsImage.Original];

    /// <summary>The families computed, each with the features wanted (PyRadiomics' names; empty for all); null for every family.</summary>
    public IReadOnlyDictionary<FeatureClass, IReadOnlyList<string>>? Features { get; init; }

    /// <summary>Whether a family is computed.</summary>
    public bool Includes(FeatureClass family) => Features?.ContainsKey(family) ?? family != FeatureClass.Shape2D;

    /// <summary>Checks what does not depend on an image.</summary>
    /// <exception cref="RadiomicsException">Values that make no sense, all told in one message.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Check(BinWidth is null || BinCount is null, "bin width and bin count exclude each other");
        Check(BinWidth is null or > 0 and < double.PositiveInfinity, "the bin width must be above 0");
        Check(BinCount is null or >= 1 and <= 16_384, "the bin count must be from 1 to 16384");
        Check(VolumeHistogramBinWidth is null or > 0, "the bin width of the volume histogram must be above 0");
        Check(OutlierSigma is null or > 0, "the outlier limit must be above 0 standard deviations");
        Check(NormalizeScale > 0, "the scale of the normalisation must be above 0");
        Check(Force2DDimension is >= 0 and <= 2, "the dimension of force2D must be 0, 1 or 2");
        Check(PadDistance >= 0, "the padding must not be negative");
        Check(DependenceCoarseness >= 0, "gldm_a must not be negative");
        Check(Images.Count > 0, "no image type is enabled");
        if (faults.Count > 0)
            throw new RadiomicsException(string.Join("; ", faults));

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
