using System.Text.RegularExpressions;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts.Import.Molab;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>Imports a public data set, as it is distributed, into the common format: one mask per lesion, a row per lesion and scan.</summary>
public static partial class CohortImport
{
    private static readonly DatasetImporter[] All =
    [
        new MolabImporter(), new UcsfBmsrImporter(), new BratsMetsImporter(), new NyuMetsImporter(), new BrainMetShareImporter(),
        new YaleImporter(), new ProteasImporter(),
    ];

    /// <summary>The data sets, as the command line names them, each with its layout.</summary>
    public static IReadOnlyList<(string Name, string Layout)> Datasets => [.. All.Select(d => (d.Name, d.Layout))];

    /// <summary>Imports one.</summary>
    /// <param name="dataset">One of <see cref="Datasets"/>.</param>
    /// <param name="options">From where, to where and how.</param>
    /// <param name="progress">Fraction of the scans done.</param>
    /// <param name="cancellationToken">Stops between scans.</param>
    /// <exception cref="CohortException">The source is not that data set, or the output is not an empty folder.</exception>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static async Task<ImportResult> RunAsync(
        string dataset, ImportOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        DatasetImporter importer = Array.Find(All, d => d.Name == dataset) ?? throw new ArgumentException($"No data set {dataset}.", nameof(dataset));
        if (!Directory.Exists(options.Source))
            throw new CohortException(Path.GetFullPath(options.Source), "there is no such folder");
        string root = Path.GetFullPath(options.Output);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new CohortException(root, "the folder is not empty; give a new folder");
        options = options with { Source = Path.GetFullPath(options.Source) };
        List<LeftOut> leftOut = [];
        IReadOnlyList<FoundScan> scans = importer.Find(options, leftOut);
        Directory.CreateDirectory(Path.Combine(root, "masks"));
        List<CohortEntry> entries = [];
        for (int n = 0; n < scans.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.AddRange(await ReadAsync(importer, scans[n], options, root, leftOut, cancellationToken));
            progress?.Report((n + 1.0) / scans.Count);
        }

        IReadOnlyList<CohortEntry> complete = importer.Complete(entries, options, leftOut);
        if (complete.Count == 0)
            throw new CohortException(options.Source, "no scan of it could be used: " + string.Join("; ", leftOut.Take(5).Select(l => $"{l.What}: {l.Why}")));
        Cohort.Write(root, complete);
        return new ImportResult(Cohort.Read(root), leftOut, importer.Remarks);
    }

    private static async Task<IReadOnlyList<CohortEntry>> ReadAsync(
        DatasetImporter importer, FoundScan scan, ImportOptions options, string root, List<LeftOut> leftOut, CancellationToken cancellationToken)
    {
        IReadOnlyList<MarkedLesion> lesions = [];
        if (scan.Segmentation is { } segmentation)
        {
            try
            {
                Volume<float> values = await NiftiFile.ReadImageAsync(segmentation, cancellationToken);
                lesions = importer.Lesions(scan, new Volume<int>(values.Geometry, Array.ConvertAll(values.Voxels, v => (int)MathF.Round(v))), options, leftOut);
            }
            catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
            {
                leftOut.Add(new(scan.Name, $"the segmentation cannot be read ({unreadable.Message})"));
            }
        }

        CohortEntry bare = new()
        {
            Patient = scan.Patient,
            TimePoint = scan.TimePoint,
            Days = scan.Days,
            Image = options.Copy ? Copy(scan, root) : scan.Image,
            Centre = importer.Centre(scan),
            Split = CohortSplit.Unlabelled,
        };
        if (lesions.Count == 0)
            return [bare];
        List<CohortEntry> entries = [];
        foreach (MarkedLesion lesion in lesions)
        {
            string mask = Path.Combine(root, "masks", Unfit().Replace($"{scan.Name}_{lesion.Name}", "_") + ".nii.gz");
            await NiftiFile.WriteAsync(mask, lesion.Mask, cancellationToken);
            entries.Add(bare with { Lesion = lesion.Name, Mask = mask, Clinical = new CohortClinicalData { LesionVolumeMm3 = Math.Round(lesion.VolumeMm3, 2) } });
        }

        return entries;
    }

    private static string Copy(FoundScan scan, string root)
    {
        string end = scan.Image.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? ".nii.gz" : ".nii";
        string path = Path.Combine(root, "images", Unfit().Replace(scan.Name, "_") + end);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(scan.Image, path);
        return path;
    }

    [GeneratedRegex(@"[^A-Za-z0-9._-]")]
    private static partial Regex Unfit();
}
