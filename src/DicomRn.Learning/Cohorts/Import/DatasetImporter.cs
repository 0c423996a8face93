using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>What is particular to one data set.</summary>
internal abstract class DatasetImporter
{
    /// <summary>The word of the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The layout, in a line.</summary>
    public abstract string Layout { get; }

    /// <summary>What a user must know.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    /// <summary>Values of the segmentation that are the lesion; null for all above 0.</summary>
    public virtual IReadOnlyList<int>? LesionValues => null;

    /// <summary>The scans, in the order in which the cohort lists them.</summary>
    /// <exception cref="CohortException">The source is not that data set.</exception>
    public abstract IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut);

    /// <summary>
    /// The lesions of a segmentation. Where a data set does not tell them apart, they are the parts that do not touch, and
    /// nobody knows which is which on another scan: the names are unique.
    /// </summary>
    public virtual IReadOnlyList<MarkedLesion> Lesions(FoundScan scan, Volume<int> segmentation, ImportOptions options, List<LeftOut> leftOut)
    {
        IReadOnlyList<int>? values = options.LesionValues ?? LesionValues;
        Volume<byte> mask = new(segmentation.Geometry, Array.ConvertAll(
            segmentation.Voxels, v => v > 0 && (values is null || values.Contains(v)) ? (byte)1 : (byte)0));
        ConnectedComponents parts = ConnectedComponents.Of(mask);
        List<MarkedLesion> lesions = [];
        for (int n = 1; n <= parts.Count; n++)
        {
            if (parts.Sizes[n - 1] < options.FewestVoxels)
                leftOut.Add(new($"{scan.Name}, part {n}", $"fewer than {options.FewestVoxels} voxels"));
            else
                lesions.Add(MarkedLesion.Of($"{scan.Name}-{n}", parts.Mask(n)));
        }

        return lesions;
    }

    /// <summary>The centre of a scan.</summary>
    public virtual string Centre(FoundScan scan) => Name;

    /// <summary>Labels, clinical columns and splits, where the data set has them.</summary>
    public virtual IReadOnlyList<CohortEntry> Complete(IReadOnlyList<CohortEntry> entries, ImportOptions options, List<LeftOut> leftOut) => entries;

    /// <summary>Scans of a patient get their time points in the order given.</summary>
    protected static IReadOnlyList<FoundScan> Numbered(IEnumerable<FoundScan> scans) =>
        [.. scans.GroupBy(s => s.Patient).SelectMany(p => p.Select((scan, n) => scan with { TimePoint = n + 1 }))];

    protected CohortException NotFound(ImportOptions options) =>
        new(Path.GetFullPath(options.Source), $"nothing here looks like {Name}: {Layout}");
}
