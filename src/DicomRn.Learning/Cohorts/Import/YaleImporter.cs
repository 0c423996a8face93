using System.Globalization;
using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>Yale-Brain-Mets: one folder per date below one per patient; no segmentations, for pre-training alone.</summary>
internal sealed partial class YaleImporter : DatasetImporter
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyyMMdd", "yyyy_MM_dd", "MM-dd-yyyy"];

    public override string Name => "yale";

    public override string Layout => "<patient>/<date>/…_POST.nii.gz";

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        List<(string Patient, string Folder, DateOnly Date, string Image)> scans = [];
        string last = "";
        bool any = false;
        foreach ((string image, _) in NiftiFiles.Matching(options.Source, Post()))
        {
            any = true;
            string folder = Path.GetDirectoryName(image)!, date = Path.GetFileName(folder), patient = Path.GetFileName(Path.GetDirectoryName(folder)!);
            if (!DateOnly.TryParseExact(date, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                leftOut.Add(new($"{patient}/{date}", "the folder's name is no date"));
            else if (folder == last)
                leftOut.Add(new($"{patient}/{date}/{Path.GetFileName(image)}", "a second POST image of the same day"));
            else
                scans.Add((patient, folder, day, image));
            last = folder;
        }

        if (!any)
            throw NotFound(options);
        return
        [
            .. scans.GroupBy(s => s.Patient).OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p =>
            {
                DateOnly first = p.Min(s => s.Date);
                return p.OrderBy(s => s.Date).Select((s, n) => new FoundScan(
                    s.Patient, $"{s.Patient}_{s.Date:yyyyMMdd}", n + 1, s.Date.DayNumber - first.DayNumber, s.Image, null));
            }),
        ];
    }

    [GeneratedRegex("_POST$", RegexOptions.IgnoreCase)]
    private static partial Regex Post();
}
