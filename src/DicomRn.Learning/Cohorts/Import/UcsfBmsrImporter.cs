using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>UCSF-BMSR: one folder per exam, named by patient and a letter for the exam.</summary>
internal sealed partial class UcsfBmsrImporter : DatasetImporter
{
    public override string Name => "ucsf-bmsr";

    public override string Layout => "folders such as 100101A with 100101A_T1post.nii.gz and 100101A_seg.nii.gz";

    public override IReadOnlyList<string> Remarks => ["324 of the exams are also in BraTS-METS 2023 under other names: do not use both in one study."];

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<FoundScan> scans = [];
        bool any = false;
        foreach ((string folder, Match exam) in NiftiFiles.Folders(options.Source, Exam()))
        {
            any = true;
            if (NiftiFiles.Find(folder, $"{exam.Value}_T1post") is not { } image)
                leftOut.Add(new(exam.Value, "no T1post image"));
            else
                scans.Add(new(exam.Groups[1].Value, exam.Value, 0, null, image, NiftiFiles.Find(folder, $"{exam.Value}_seg")));
        }

        return any ? Numbered(scans.OrderBy(s => s.Name, StringComparer.Ordinal)) : throw NotFound(options);
    }

    [GeneratedRegex(@"^(\d{6})[A-Z]$")]
    private static partial Regex Exam();
}
