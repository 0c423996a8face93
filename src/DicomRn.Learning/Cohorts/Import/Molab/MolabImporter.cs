using System.Globalization;
using System.Text.RegularExpressions;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>
/// MOLAB / OpenBTAI (Sci Data 2023;10:208). A lesion with radiosurgery is labelled RN where a time of necrosis is recorded, else
/// progression; lesions without radiosurgery have no label and serve for pre-training.
/// </summary>
internal sealed partial class MolabImporter : DatasetImporter
{
    public override string Name => "molab";

    public override string Layout => "<patient>/<patient>/NIFTI/<patient>_<yyyymmdd>_img.nii with _msk.nii, and the clinical workbook (.xlsx)";

    public override IReadOnlyList<string> Remarks =>
    [
        "No time of necrosis is taken to mean progression: the data set records no other outcome.",
        "The first two digits of a patient look like the hospital and are confounded with the label: see the centre column.",
    ];

    public override string Centre(FoundScan scan) => $"molab-{scan.Patient[..2]}";

    public override IReadOnlyList<FoundScan> Find(ImportOptions options, List<LeftOut> leftOut)
    {
        Dictionary<string, string> masks = NiftiFiles.Matching(options.Source, Mask()).DistinctBy(m => m.Match.Groups[1].Value)
            .ToDictionary(m => m.Match.Groups[1].Value, m => m.Path);
        IReadOnlyList<(string Path, Match Match)> images = NiftiFiles.Matching(options.Source, Image());
        if (images.Count == 0)
            throw NotFound(options);
        // A workbook that is missing is told before hundreds of scans are read.
        Workbook(options);
        List<FoundScan> scans = [];
        foreach ((string path, Match match) in images)
        {
            string name = match.Groups[1].Value;
            if (MolabTime.OfFileDate(match.Groups[3].Value) is not { } day)
                leftOut.Add(new(name, "the file's name holds no date"));
            else
                scans.Add(new(match.Groups[2].Value, name, 0, day, path, masks.GetValueOrDefault(name)));
        }

        leftOut.AddRange(scans.Where(s => s.Segmentation is null).Select(s => new LeftOut(s.Name, "no segmentation: for pre-training alone")));
        return Numbered(scans.OrderBy(s => s.Patient, StringComparer.Ordinal).ThenBy(s => s.Days));
    }

    /// <summary>Values are lesion × 10 + segment; 1 enhances, 2 is necrotic, and both are the lesion.</summary>
    public override IReadOnlyList<MarkedLesion> Lesions(FoundScan scan, Volume<int> segmentation, ImportOptions options, List<LeftOut> leftOut)
    {
        List<MarkedLesion> lesions = [];
        int[] values = [.. segmentation.Voxels.Where(v => v > 0).Distinct().Order()];
        leftOut.AddRange(values.Where(v => v < 10 || v % 10 is not (1 or 2)).Select(v => new LeftOut($"{scan.Name}, value {v}", "not lesion × 10 + 1 or 2")));
        foreach (int lesion in values.Where(v => v >= 10 && v % 10 is 1 or 2).Select(v => v / 10).Distinct())
        {
            Volume<byte> mask = new(segmentation.Geometry, Array.ConvertAll(
                segmentation.Voxels, v => v / 10 == lesion && v % 10 is 1 or 2 ? (byte)1 : (byte)0));
            lesions.Add(MarkedLesion.Of(lesion.ToString(CultureInfo.InvariantCulture), mask));
        }

        return lesions;
    }

    public override IReadOnlyList<CohortEntry> Complete(IReadOnlyList<CohortEntry> entries, ImportOptions options, List<LeftOut> leftOut)
    {
        Dictionary<(string, string?), MolabLesion> known = MolabWorkbook.Read(Workbook(options), leftOut)
            .ToDictionary(l => (l.Patient, (string?)l.Lesion.ToString(CultureInfo.InvariantCulture)));
        TellStrangeDates(entries, known.Values, leftOut);
        List<CohortEntry> complete = [];
        foreach (IGrouping<(string Patient, string? Lesion), CohortEntry> lesion in entries.GroupBy(e => (e.Patient, e.Lesion)))
        {
            if (lesion.Key.Lesion is null)
            {
                complete.AddRange(lesion);
                continue;
            }

            string name = $"lesion {lesion.Key.Lesion} of {lesion.Key.Patient}";
            if (!known.Remove(lesion.Key, out MolabLesion? row))
            {
                leftOut.Add(new(name, "segmented, but not in the workbook: no label"));
                complete.AddRange(lesion);
                continue;
            }

            if (row.Label is null)
                leftOut.Add(new(name, "no radiosurgery: no label"));
            CohortEntry? index = row.Label is null ? null : Index([.. lesion], row, options.IndexScan, name, leftOut);
            complete.AddRange(lesion.Select(e => e with
            {
                Label = index is null ? null : row.Label,
                IsIndex = e == index,
                Clinical = row.On(e.Days!.Value, e.Clinical.LesionVolumeMm3),
            }));
        }

        leftOut.AddRange(known.Values.Where(l => l.Label is not null).Select(l => new LeftOut($"lesion {l.Lesion} of {l.Patient}", "radiosurgery, but no segmentation")));
        return Split([.. complete.OrderBy(e => e.Patient, StringComparer.Ordinal).ThenBy(e => e.TimePoint).ThenBy(e => e.Lesion?.Length).ThenBy(e => e.Lesion, StringComparer.Ordinal)], options);
    }

    private static CohortEntry? Index(CohortEntry[] scans, MolabLesion row, IndexScanRule rule, string name, List<LeftOut> leftOut)
    {
        CohortEntry last = scans.MaxBy(e => e.TimePoint)!;
        if (rule == IndexScanRule.Last)
            return last;
        CohortEntry[] after = [.. scans.Where(e => e.Days > row.RadiosurgeryEnd).OrderBy(e => e.TimePoint)];
        if (after.Length > 0)
            return rule == IndexScanRule.FirstAfterSrs ? after[0] : after[^1];
        string why = row.RadiosurgeryEnd is null ? "no time of the radiosurgery" : "no segmented scan after radiosurgery";
        if (rule == IndexScanRule.LastAfterSrsElseLast)
        {
            leftOut.Add(new(name, $"{why}: the last scan is the index scan"));
            return last;
        }

        leftOut.Add(new(name, $"{why}: no label"));
        return null;
    }

    private static IReadOnlyList<CohortEntry> Split(CohortEntry[] entries, ImportOptions options)
    {
        IGrouping<string, CohortEntry>[] patients = [.. entries.GroupBy(e => e.Patient)];
        bool[] heldOut = HeldOutPatients.Choose(
            [.. patients.Select(p => (IReadOnlyList<LesionClass>)[.. p.Where(e => e.IsIndex).Select(e => e.Label!.Value)])], options.HeldOutShare, options.Seed);
        Dictionary<string, CohortSplit> splits = patients.Select((p, n) => (p.Key, Split: heldOut[n] ? CohortSplit.HeldOut
            : p.Any(e => e.IsIndex) ? CohortSplit.Development : CohortSplit.Unlabelled)).ToDictionary(p => p.Key, p => p.Split);
        return [.. entries.Select(e => e with { Split = splits[e.Patient] })];
    }

    private static void TellStrangeDates(IReadOnlyList<CohortEntry> entries, IReadOnlyCollection<MolabLesion> lesions, List<LeftOut> leftOut)
    {
        ILookup<string, double> mrDays = lesions.SelectMany(l => l.MrDays.Select(day => (l.Patient, day))).ToLookup(m => m.Patient, m => m.day);
        foreach (CohortEntry scan in entries.DistinctBy(e => e.Image))
        {
            if (mrDays.Contains(scan.Patient) && !mrDays[scan.Patient].Contains(scan.Days!.Value))
                leftOut.Add(new(Path.GetFileName(scan.Image), "kept, but its date is none of MR1…MR19"));
        }
    }

    private static string Workbook(ImportOptions options)
    {
        if (options.Workbook is not null)
            return File.Exists(options.Workbook) ? options.Workbook : throw new CohortException(options.Workbook, "there is no such file");
        // "~$…" is Excel's own while the workbook is open.
        string[] found = [.. Directory.EnumerateFiles(options.Source, "*.xlsx", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith("~$", StringComparison.Ordinal))];
        return found.Length == 1 ? found[0] : throw new CohortException(
            Path.GetFullPath(options.Source), found.Length == 0 ? "there is no clinical workbook (.xlsx) below it; name it with --workbook" : "there are several .xlsx files below it; name the clinical one with --workbook");
    }

    [GeneratedRegex(@"^((\d{6})_(\d{8}))_img$", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex(@"^((\d{6})_(\d{8}))_msk$", RegexOptions.IgnoreCase)]
    private static partial Regex Mask();
}
