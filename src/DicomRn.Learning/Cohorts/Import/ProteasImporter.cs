using System.Globalization;
using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>
/// PROTEAS (Sci Data 2025;12:1828): one folder per patient, images by time point (<c>baseline</c>, <c>fu1</c>, …) below <c>BraTS</c>,
/// one segmentation per time point. <c>P28a</c> and <c>P28b</c> are one patient. Unpack the patients' archives first.
/// </summary>
internal sealed partial class ProteasImporter : DatasetImporter
{
    public override string Name => "proteas";

    public override string Layout => "P01/BraTS/{baseline,fu1,…}/t1c.nii.gz with P01/tumor_segmentation/P01_tumor_mask_{baseline,fu1,…}.nii.gz";

    public override IReadOnlyList<int> LesionValues => [1, 2];

    public override IReadOnlyList<string> Remarks =>
    [
        "The layout is known from programs that read the data set, not from its documentation; the lesion is taken to be values 1 and 2 (necrotic core, enhancing) and "
        + "3 to be oedema: check on a few scans, and give --lesion-values where it is otherwise.",
        "The clinical workbook is not read.",
    ];

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<(FoundScan Scan, string Course, int Order)> scans = [];
        foreach ((string folder, Match id) in NiftiFiles.Folders(options.Source, Patient()))
        {
            string images = Path.Combine(folder, "BraTS");
            if (!Directory.Exists(images))
                continue;
            foreach ((string at, Match time) in NiftiFiles.Folders(images, TimePoint()))
            {
                string name = $"{id.Value}_{time.Value}", mask = $"{id.Value}_tumor_mask_{time.Value}";
                if (NiftiFiles.Find(at, "t1c") is not { } image)
                {
                    leftOut.Add(new(name, "no t1c image"));
                    continue;
                }

                string? segmentation = NiftiFiles.Find(Path.Combine(folder, "tumor_segmentation"), mask)
                    ?? NiftiFiles.Find(Path.Combine(folder, "tumor segmentation"), mask);
                int order = time.Groups[1].Success ? int.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
                scans.Add((new(id.Groups[1].Value, name, 0, null, image, segmentation), id.Groups[2].Value, order));
            }
        }

        return scans.Count + leftOut.Count > 0
            ? Numbered(scans.OrderBy(s => s.Scan.Patient, StringComparer.Ordinal).ThenBy(s => s.Course, StringComparer.Ordinal).ThenBy(s => s.Order).Select(s => s.Scan))
            : throw NotFound(options);
    }

    [GeneratedRegex(@"^(P\d+)([ab]?)$")]
    private static partial Regex Patient();

    [GeneratedRegex(@"^(?:baseline|fu(\d+))$")]
    private static partial Regex TimePoint();
}
