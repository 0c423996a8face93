using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Cohorts.Import;
using DicomRn.Learning.Cohorts.Import.Molab;
using MiniExcelLibs;

namespace DicomRn.Learning.Tests.Cohorts;

public sealed class MolabImportTests : IDisposable
{
    private const int Columns = 93;

    private readonly DatasetTree _tree = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ImportOptions Options => new() { Source = _tree.Source, Output = _tree["cohort"], HeldOutShare = 0 };

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(46, 45)]
    [InlineData(59, 58)]
    [InlineData(60, 59)]
    [InlineData(61, 59)]
    [InlineData(153, 151)]
    [InlineData(366, 364)]
    public void Excel_serials_become_days_since_the_first_MR_across_the_leap_day_that_never_was(int serial, int day) =>
        Assert.Equal(day, MolabTime.OfSerial(serial));

    [Theory]
    [InlineData("19000101", 0)]
    [InlineData("19000215", 45)]
    [InlineData("19000229", 59)]
    [InlineData("19000301", 59)]
    [InlineData("19000601", 151)]
    [InlineData("19010101", 365)]
    public void Dates_of_file_names_are_on_the_same_clock(string date, int day) => Assert.Equal(day, MolabTime.OfFileDate(date));

    [Fact]
    public async Task Data_set_with_its_traps_becomes_a_cohort()
    {
        await MakeAsync();
        ImportResult result = await CohortImport.RunAsync("molab", Options, cancellationToken: Cancel);
        CohortEntry[] entries = [.. result.Cohort.Entries];
        Assert.Equal(
            [
                ("010001", "1", 1, LesionClass.RadiationNecrosis, false), ("010001", "2", 1, null, false),
                ("010001", "1", 2, LesionClass.RadiationNecrosis, false),
                ("010001", "1", 3, LesionClass.RadiationNecrosis, true), ("010001", "2", 3, null, false),
                ("020002", "1", 1, LesionClass.Progression, true),
                ("020003", null, 1, null, false),
                ("030004", "1", 1, null, false),
            ],
            entries.Select(e => (e.Patient, e.Lesion, e.TimePoint, e.Label, e.IsIndex)));
        Assert.Equal(["molab-01", "molab-02", "molab-03"], entries.Select(e => e.Centre).Distinct());
        Assert.Equal([0, 0, 45, 151, 151, 0, 0, 0], entries.Select(e => e.Days!.Value));
        Assert.Equal(
            [CohortSplit.Development, CohortSplit.Development, CohortSplit.Unlabelled, CohortSplit.Unlabelled],
            entries.DistinctBy(e => e.Patient).Select(e => e.Split));

        // Values 11 and 12 are one lesion: two cubes of 8 voxels of 8 mm³.
        Assert.Equal(128, entries[0].Clinical.LesionVolumeMm3);
        Assert.Equal(64, entries[1].Clinical.LesionVolumeMm3);
        CohortClinicalData before = entries[0].Clinical, index = entries[3].Clinical;
        Assert.Equal((61, PatientSex.Female, "breast"), (index.AgeYears!.Value, index.Sex!.Value, index.Primary));
        Assert.Null(before.DoseGy);
        Assert.Null(before.MonthsSinceRadiosurgery);
        Assert.Equal((21, 3), (index.DoseGy!.Value, index.Fractions!.Value));
        Assert.Equal(131 / 30.4375, index.MonthsSinceRadiosurgery!.Value, 0.01);
        // Surgery on day 30, whole-brain radiotherapy begun on day 100.
        Assert.Equal((false, false), (before.Surgery!.Value, before.WholeBrainRadiotherapy!.Value));
        Assert.Equal((true, true), (index.Surgery!.Value, index.WholeBrainRadiotherapy!.Value));
        CohortClinicalData bare = entries[5].Clinical;
        Assert.Equal((null, null, null, false, false), (bare.AgeYears, bare.Sex, bare.Primary, bare.Surgery!.Value, bare.WholeBrainRadiotherapy!.Value));

        string[] told = [.. result.LeftOut.Select(l => $"{l.What}: {l.Why}")];
        Assert.Contains("010001_19000101, value 13: not lesion × 10 + 1 or 2", told);
        Assert.Contains("020003_19000101: no segmentation: for pre-training alone", told);
        Assert.Contains("lesion 1 of 020003: radiosurgery, but no segmentation", told);
        Assert.Contains("lesion 1 of 030004: segmented, but not in the workbook: no label", told);
        Assert.Contains("lesion 2 of 010001: no radiosurgery: no label", told);
        Assert.Contains("lesion 1 of 020002: no segmented scan after radiosurgery: the last scan is the index scan", told);
        Assert.Contains("row 23 of clinical.xlsx: no lesion: a footer", told);
        Assert.DoesNotContain(told, t => t.Contains("MR1…MR19"));
    }

    [Theory]
    [InlineData(IndexScanRule.LastAfterSrs, 3, false)]
    [InlineData(IndexScanRule.FirstAfterSrs, 2, false)]
    [InlineData(IndexScanRule.Last, 3, true)]
    public async Task Index_scan_follows_the_rule(IndexScanRule rule, int timePoint, bool withoutScanAfterRadiosurgery)
    {
        await MakeAsync();
        ImportResult result = await CohortImport.RunAsync("molab", Options with { IndexScan = rule }, cancellationToken: Cancel);
        Assert.Equal(timePoint, result.Cohort.Entries.Single(e => e.IsIndex && e.Patient == "010001").TimePoint);
        Assert.Equal(withoutScanAfterRadiosurgery, result.Cohort.Entries.Any(e => e.IsIndex && e.Patient == "020002"));
    }

    [Fact]
    public async Task Missing_or_wrong_workbook_is_told()
    {
        await _tree.ImageAsync("010001/010001/NIFTI/010001_19000101_img.nii");
        Assert.Contains("there is no clinical workbook", await FailureAsync(Options));
        string wrong = _tree["wrong.xlsx"];
        MiniExcel.SaveAs(wrong, new[] { new { A = 1 } }, sheetName: "Sheet1");
        Assert.Contains("there is no sheet Hoja1", await FailureAsync(Options with { Workbook = wrong, Output = _tree["b"] }));
        await File.WriteAllTextAsync(wrong, "no workbook", Cancel);
        Assert.Contains("cannot be read as an .xlsx workbook", await FailureAsync(Options with { Workbook = wrong, Output = _tree["c"] }));
    }

    private async Task<string> FailureAsync(ImportOptions options) =>
        (await Assert.ThrowsAsync<CohortException>(() => CohortImport.RunAsync("molab", options, cancellationToken: Cancel))).Message;

    private async Task MakeAsync()
    {
        static string Path(string patient, string date, string kind) => $"{patient}/{patient}/NIFTI/{patient}_{date}_{kind}";
        foreach (string date in new[] { "19000101", "19000215", "19000601" })
            await _tree.ImageAsync(Path("010001", date, "img.nii"));
        await _tree.SegmentationAsync(Path("010001", "19000101", "msk.nii"), 11, 12, 21, 13);
        await _tree.SegmentationAsync(Path("010001", "19000215", "msk.nii"), 12);
        await _tree.SegmentationAsync(Path("010001", "19000601", "msk.nii"), 11, 21);
        // The same scan twice, plain and compressed.
        await _tree.ImageAsync(Path("010001", "19000601", "img.nii.gz"));
        await _tree.ImageAsync(Path("020002", "19000101", "img.nii.gz"));
        await _tree.SegmentationAsync(Path("020002", "19000101", "msk.nii.gz"), 11);
        await _tree.ImageAsync(Path("020003", "19000101", "img.nii"));
        await _tree.ImageAsync(Path("030004", "19000101", "img.nii"));
        await _tree.SegmentationAsync(Path("030004", "19000101", "msk.nii"), 11);

        List<Dictionary<string, object?>> rows = [.. Enumerable.Range(1, 15).Select(n => Row((0, $"code book {n}"), (4, n % 3)))];
        // The patient as a number without its leading zero; MR dates as serials, one of them as a date; necrosis on day 151, whose serial is 153.
        rows.Add(Row(
            (0, 10001), (1, 61), (2, 1), (4, 1), (5, 1), (23, 3), (24, 10), (25, 100), (26, 112),
            (31, 7), (32, 3), (33, 18), (34, 20), (43, 151), (44, "craniotomy"), (45, 30),
            (74, 1), (75, 46), (76, DateTime.FromOADate(153)), (77, " ")));
        rows.Add(Row((0, "010001"), (1, 61), (2, 1), (4, 2), (5, 1), (31, " "), (32, "n/a"), (33, " "), (43, " ")));
        rows.Add(Row((0, "020002"), (1, " "), (2, "n/a"), (4, "1"), (5, " "), (31, "20,0"), (32, 1), (33, 100), (34, " "), (43, " "), (44, " "), (74, 1)));
        rows.Add(Row((0, "020003"), (1, 50), (2, 2), (4, 1), (5, 8), (31, 20), (32, 1), (33, 5), (34, 5), (43, 0)));
        rows.Add(Row());
        rows.Add(Row((0, " ")));
        rows.Add(Row());
        rows.Add(Row((0, "* RN: radionecrosis. NSCLC: non-small cell lung cancer.")));
        Directory.CreateDirectory(_tree.Source);
        MiniExcel.SaveAs(System.IO.Path.Combine(_tree.Source, "clinical.xlsx"), rows, printHeader: false, sheetName: "Hoja1");
    }

    private static Dictionary<string, object?> Row(params (int Column, object? Value)[] cells)
    {
        Dictionary<string, object?> row = Enumerable.Range(0, Columns).ToDictionary(n => $"c{n}", _ => (object?)null);
        foreach ((int column, object? value) in cells)
            row[$"c{column}"] = value;
        return row;
    }
}
