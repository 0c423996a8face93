using DicomRn.Learning.Radiomics.Texture;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>
/// The texture features of the IBSI manual, 3.6 to 3.11, in every aggregation that it defines: by slice (2D), over all slices but
/// within them (2_5D), in the volume (3D); averaged over directions (avg) or from merged matrices (comb).
/// </summary>
internal static class IbsiTexture
{
    private static readonly string[] RunTags =
        Tags("rlm", "sre lre lgre hgre srlge srhge lrlge lrhge glnu glnu_norm rlnu rlnu_norm r_perc gl_var rl_var rl_entr");

    private static readonly string[] ZoneTags =
        Tags("szm", "sze lze lgze hgze szlge szhge lzlge lzhge glnu glnu_norm zsnu zsnu_norm z_perc gl_var zs_var zs_entr");

    private static readonly string[] DistanceTags =
        Tags("dzm", "sde lde lgze hgze sdlge sdhge ldlge ldhge glnu glnu_norm zdnu zdnu_norm z_perc gl_var zd_var zd_entr");

    private static readonly string[] DependenceTags =
        Tags("ngl", "lde hde lgce hgce ldlge ldhge hdlge hdhge glnu glnu_norm dcnu dcnu_norm dc_perc gl_var dc_var dc_entr dc_energy");

    private static readonly string[] ToneTags = Tags("ngt", "coarseness contrast busyness complexity strength");

    private static readonly string[] CoOccurrenceTags = Tags("cm", string.Join(' ', CoOccurrenceFeatures.Tags));

    public static IEnumerable<RadiomicFeature> CoOccurrence(GreyLevelRegion region)
    {
        GreyLevelRegion[] slices = [.. region.OccupiedSlices()];
        IReadOnlyList<Direction> plane = Direction.Slice, volume = Direction.Volume;
        return
        [
            .. Named("2D_avg", slices.SelectMany(s => plane.Select(d => CoOccurrenceMatrix.Of(s, d)))),
            .. Named("2D_comb", slices.Select(s => CoOccurrenceMatrix.Of(s, plane))),
            .. Named("2_5D_avg", plane.Select(d => CoOccurrenceMatrix.Of(region, d))),
            .. Named("2_5D_comb", [CoOccurrenceMatrix.Of(region, plane)]),
            .. Named("3D_avg", volume.Select(d => CoOccurrenceMatrix.Of(region, d))),
            .. Named("3D_comb", [CoOccurrenceMatrix.Of(region, volume)]),
        ];

        static IEnumerable<RadiomicFeature> Named(string aggregation, IEnumerable<CoOccurrenceMatrix> matrices) =>
            Average(CoOccurrenceTags, aggregation, matrices.Where(m => m.Total > 0).Select(CoOccurrenceFeatures.Of));
    }

    public static IEnumerable<RadiomicFeature> RunLength(GreyLevelRegion region)
    {
        GreyLevelRegion[] slices = [.. region.OccupiedSlices()];
        IReadOnlyList<Direction> plane = Direction.Slice, volume = Direction.Volume;
        LevelSizeMatrix[] inPlane = [.. plane.Select(d => RunLengths.Of(region, d))], inVolume = [.. volume.Select(d => RunLengths.Of(region, d))];
        return
        [
            .. Named(RunTags, "2D_avg", slices.SelectMany(s => plane.Select(d => RunLengths.Of(s, d)))),
            .. Named(RunTags, "2D_comb", slices.Select(s => RunLengths.Of(s, plane))),
            .. Named(RunTags, "2_5D_avg", inPlane),
            .. Named(RunTags, "2_5D_comb", [Merged(inPlane)]),
            .. Named(RunTags, "3D_avg", inVolume),
            .. Named(RunTags, "3D_comb", [Merged(inVolume)]),
        ];
    }

    public static IEnumerable<RadiomicFeature> SizeZones(GreyLevelRegion region) =>
    [
        .. Named(ZoneTags, "2D", region.OccupiedSlices().Select(s => Zones.BySize(s, Direction.Slice))),
        .. Named(ZoneTags, "2_5D", [Zones.BySize(region, Direction.Slice)]),
        .. Named(ZoneTags, "3D", [Zones.BySize(region, Direction.Volume)]),
    ];

    /// <param name="region">Levels of the intensity mask.</param>
    /// <param name="morphology">The morphological mask in the same box: the border is its border.</param>
    public static IEnumerable<RadiomicFeature> DistanceZones(GreyLevelRegion region, bool[] morphology)
    {
        (int columns, int rows, int slices) = (region.Columns, region.Rows, region.Slices);
        int[] flat = BorderDistance.Of(morphology, columns, rows, slices, inSlice: true);
        int[] solid = BorderDistance.Of(morphology, columns, rows, slices, inSlice: false);
        int plane = columns * rows;
        IEnumerable<LevelSizeMatrix> bySlice = Enumerable.Range(0, slices)
            .Select(k => (K: k, Slice: new GreyLevelRegion(columns, rows, 1, region.Levels[(k * plane)..((k + 1) * plane)], region.LevelCount)))
            .Where(s => s.Slice.VoxelCount > 0)
            .Select(s => Zones.ByDistance(s.Slice, Direction.Slice, flat[(s.K * plane)..((s.K + 1) * plane)]));
        return
        [
            .. Named(DistanceTags, "2D", bySlice),
            .. Named(DistanceTags, "2_5D", [Zones.ByDistance(region, Direction.Slice, flat)]),
            .. Named(DistanceTags, "3D", [Zones.ByDistance(region, Direction.Volume, solid)]),
        ];
    }

    public static IEnumerable<RadiomicFeature> ToneDifference(GreyLevelRegion region)
    {
        return
        [
            .. Named("2D", region.OccupiedSlices().Select(s => ToneDifferences.Of(s, Direction.Slice))),
            .. Named("2_5D", [ToneDifferences.Of(region, Direction.Slice)]),
            .. Named("3D", [ToneDifferences.Of(region, Direction.Volume)]),
        ];

        static IEnumerable<RadiomicFeature> Named(string aggregation, IEnumerable<ToneDifferences> matrices) =>
            Average(ToneTags, aggregation, matrices.Where(m => m.Voxels > 0).Select(m => m.Features()));
    }

    public static IEnumerable<RadiomicFeature> Dependence(GreyLevelRegion region) =>
    [
        .. Named(DependenceTags, "2D", region.OccupiedSlices().Select(s => Dependences.Of(s, Direction.Slice))),
        .. Named(DependenceTags, "2_5D", [Dependences.Of(region, Direction.Slice)]),
        .. Named(DependenceTags, "3D", [Dependences.Of(region, Direction.Volume)]),
    ];

    private static string[] Tags(string family, string tags) => [.. tags.Split(' ').Select(t => $"{family}_{t}")];

    private static LevelSizeMatrix Merged(LevelSizeMatrix[] matrices)
    {
        LevelSizeMatrix merged = new(matrices[0].LevelCount);
        foreach (LevelSizeMatrix matrix in matrices)
            merged.Merge(matrix);
        return merged;
    }

    private static IEnumerable<RadiomicFeature> Named(string[] tags, string aggregation, IEnumerable<LevelSizeMatrix> matrices) =>
        Average(tags, aggregation, matrices.Select(LevelSizeFeatures.Of));

    // The mean over matrices; a region without any, such as one voxel has no pairs, has no value.
    private static IEnumerable<RadiomicFeature> Average(string[] tags, string aggregation, IEnumerable<double[]> values)
    {
        double[] sums = new double[tags.Length];
        int count = 0;
        foreach (double[] v in values)
        {
            count++;
            for (int n = 0; n < sums.Length; n++)
                sums[n] += v[n];
        }

        return tags.Select((tag, n) => new RadiomicFeature($"{tag}_{aggregation}", count > 0 ? sums[n] / count : double.NaN));
    }
}
