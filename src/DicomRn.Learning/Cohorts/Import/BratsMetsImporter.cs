using System.Globalization;
using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>BraTS-METS: one folder per exam, named by patient and number of the exam. Segmentation: 1 non-enhancing core, 2 oedema, 3 enhancing.</summary>
internal sealed partial class BratsMetsImporter : DatasetImporter
{
    public override string Name => "brats-mets";

    public override string Layout => "folders such as BraTS-MET-00001-000 with BraTS-MET-00001-000-t1c.nii.gz and -seg.nii.gz";

    public override IReadOnlyList<int> LesionValues => [1, 3];

    public override IReadOnlyList<string> Remarks => ["324 of the exams are also in UCSF-BMSR under other names: do not use both in one study."];

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<(FoundScan Scan, int Exam)> scans = [];
        bool any = false;
        foreach ((string folder, Match exam) in NiftiFiles.Folders(options.Source, Exam()))
        {
            any = true;
            if (NiftiFiles.Find(folder, $"{exam.Value}-t1c") is not { } image)
                leftOut.Add(new(exam.Value, "no t1c image"));
            else
                scans.Add((new(exam.Groups[1].Value, exam.Value, 0, null, image, NiftiFiles.Find(folder, $"{exam.Value}-seg")), int.Parse(exam.Groups[2].Value, CultureInfo.InvariantCulture)));
        }

        return any
            ? Numbered(scans.OrderBy(s => s.Scan.Patient, StringComparer.Ordinal).ThenBy(s => s.Exam).Select(s => s.Scan))
            : throw NotFound(options);
    }

    [GeneratedRegex(@"^BraTS-MET-(\d{5})-(\d{3})$")]
    private static partial Regex Exam();
}
