using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>BrainMetShare v3: one folder per patient with two images after contrast, the gradient echo <c>bravo</c> and the spin echo <c>t1_gd</c>.</summary>
internal sealed partial class BrainMetShareImporter : DatasetImporter
{
    public override string Name => "brainmetshare";

    public override string Layout => "folders such as Mets_001 with bravo.nii.gz, t1_gd.nii.gz and seg.nii.gz";

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<FoundScan> scans = [];
        bool any = false;
        foreach ((string folder, Match patient) in NiftiFiles.Folders(options.Source, Patient()))
        {
            any = true;
            if (NiftiFiles.Find(folder, options.Sequence) is not { } image)
                leftOut.Add(new(patient.Value, $"no {options.Sequence} image"));
            else
                scans.Add(new(patient.Value, patient.Value, 1, null, image, NiftiFiles.Find(folder, "seg")));
        }

        return any ? scans : throw NotFound(options);
    }

    [GeneratedRegex(@"^Mets_\d+$")]
    private static partial Regex Patient();
}
