using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>NYUMets: one folder per study below one per patient; <c>CT1</c> is the T1 with contrast agent.</summary>
internal sealed partial class NyuMetsImporter : DatasetImporter
{
    public override string Name => "nyumets";

    public override string Layout => "imaging/patientId/<id>/studyId/<id>/CT1.nii.gz with RTSTRUCT_segmentation.nii.gz";

    public override IReadOnlyList<string> Remarks => ["Time points follow the numbers of the studies; the data set's own time table is not read."];

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<(FoundScan Scan, string Study)> scans = [];
        bool any = false;
        foreach ((string patientFolder, _) in NiftiFiles.Folders(options.Source, StudyFolder()))
        {
            string patient = Path.GetFileName(Path.GetDirectoryName(patientFolder)!);
            foreach (string folder in Directory.EnumerateDirectories(patientFolder).Order(StringComparer.Ordinal))
            {
                any = true;
                string study = Path.GetFileName(folder), name = $"{patient}_{study}";
                if (NiftiFiles.Find(folder, "CT1") is not { } image)
                    leftOut.Add(new(name, "no CT1 image"));
                else
                    scans.Add((new(patient, name, 0, null, image, NiftiFiles.Find(folder, "RTSTRUCT_segmentation")), study));
            }
        }

        // Numbers by value: 10 comes after 9.
        return any
            ? Numbered(scans.OrderBy(s => s.Scan.Patient, StringComparer.Ordinal).ThenBy(s => s.Study.Length).ThenBy(s => s.Study, StringComparer.Ordinal).Select(s => s.Scan))
            : throw NotFound(options);
    }

    [GeneratedRegex("^studyId$")]
    private static partial Regex StudyFolder();
}
