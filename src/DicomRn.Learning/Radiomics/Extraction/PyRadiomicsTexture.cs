using DicomRn.Learning.Radiomics.Texture;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>Texture features as PyRadiomics takes them: in the volume, or with <c>force2D</c> in the planes of the volume, averaged over directions.</summary>
internal sealed class PyRadiomicsTexture(GreyLevelRegion region, RadiomicsSettings settings)
{
    private readonly IReadOnlyList<Direction> _directions =
        settings.Force2D ? Direction.InPlane(2 - settings.Force2DDimension) : Direction.Volume;

    public IEnumerable<(string Name, double Value)> CoOccurrence()
    {
        IEnumerable<CoOccurrenceMatrix> matrices = settings.MergeDirections
            ? [CoOccurrenceMatrix.Of(region, _directions)]
            : _directions.Select(d => CoOccurrenceMatrix.Of(region, d));
        return Average(
            PyRadiomicsNames.CoOccurrence,
            matrices.Where(m => m.Total > 0).Select(m => (double[])[.. CoOccurrenceFeatures.Of(m), MaximalCorrelation.Of(m)]));
    }

    public IEnumerable<(string Name, double Value)> RunLength()
    {
        IEnumerable<LevelSizeMatrix> matrices = settings.MergeDirections
            ? [RunLengths.Of(region, Possible())]
            : Possible().Select(d => RunLengths.Of(region, d));
        return Average(PyRadiomicsNames.RunLength, matrices.Select(LevelSizeFeatures.Of));
    }

    public IEnumerable<(string Name, double Value)> SizeZone() =>
        Average(PyRadiomicsNames.SizeZone, [LevelSizeFeatures.Of(Zones.BySize(region, _directions))]);

    public IEnumerable<(string Name, double Value)> Dependence() => Average(
        PyRadiomicsNames.Dependence, [LevelSizeFeatures.Of(Dependences.Of(region, _directions, settings.DependenceCoarseness))]);

    public IEnumerable<(string Name, double Value)> ToneDifference()
    {
        ToneDifferences matrix = ToneDifferences.Of(region, _directions);
        return Average(PyRadiomicsNames.ToneDifference, matrix.Voxels > 0 ? [matrix.Features()] : []);
    }

    // Directions along which the box has more than one voxel.
    private Direction[] Possible() =>
    [
        .. _directions.Where(d => Math.Abs(d.I) < region.Columns && Math.Abs(d.J) < region.Rows && Math.Abs(d.K) < region.Slices),
    ];

    private static IEnumerable<(string Name, double Value)> Average(string?[] names, IEnumerable<double[]> values)
    {
        double[] sums = new double[names.Length];
        int count = 0;
        foreach (double[] v in values)
        {
            count++;
            for (int n = 0; n < sums.Length; n++)
                sums[n] += v[n];
        }

        for (int n = 0; n < names.Length; n++)
        {
            if (names[n] is { } name)
                yield return (name, count > 0 ? sums[n] / count : double.NaN);
        }
    }
}
