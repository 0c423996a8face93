using DicomRn.Imaging.Nifti;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Cohorts.Import;

namespace DicomRn.Learning.Tests.Cohorts;

public sealed class CohortImportTests : IDisposable
{
    private readonly DatasetTree _tree = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ImportOptions Options => new() { Source = _tree.Source, Output = _tree["cohort"] };

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task UCSF_exams_of_a_patient_are_time_points_and_lesions_that_do_not_touch_are_lesions()
    {
        await _tree.ImageAsync("train/100101A/100101A_T1post.nii.gz");
        await _tree.SegmentationAsync("train/100101A/100101A_seg.nii.gz", 1, 2);
        await _tree.ImageAsync("train/100101B/100101B_T1post.nii");
        await _tree.ImageAsync("test/100102A/100102A_T1post.nii.gz");
        await _tree.ImageAsync("test/100103A/100103A_T1pre.nii.gz");
        ImportResult result = await CohortImport.RunAsync("ucsf-bmsr", Options, cancellationToken: Cancel);
        Assert.Equal(
            [("100101", "100101A-1", 1), ("100101", "100101A-2", 1), ("100101", null, 2), ("100102", null, 1)],
            result.Cohort.Entries.Select(e => (e.Patient, e.Lesion, e.TimePoint)));
        Assert.All(result.Cohort.Entries, e => Assert.Equal(CohortSplit.Unlabelled, e.Split));
        Assert.Equal(64, result.Cohort.Entries[0].Clinical.LesionVolumeMm3);
        Assert.Equal(8, (await NiftiFile.ReadMaskAsync(result.Cohort.Entries[1].Mask!, Cancel)).Voxels.Sum(v => v));
        Assert.Equal(new LeftOut("100103A", "no T1post image"), Assert.Single(result.LeftOut));
        Assert.Contains("BraTS-METS", Assert.Single(result.Remarks));
    }

    [Fact]
    public async Task BraTS_oedema_is_no_lesion_and_specks_are_told()
    {
        await _tree.ImageAsync("BraTS-MET-00012-000/BraTS-MET-00012-000-t1c.nii.gz");
        await _tree.SegmentationAsync("BraTS-MET-00012-000/BraTS-MET-00012-000-seg.nii.gz", 1, 2, 3);
        await _tree.ImageAsync("BraTS-MET-00012-001/BraTS-MET-00012-001-t1c.nii.gz");
        await _tree.SegmentationAsync("BraTS-MET-00012-001/BraTS-MET-00012-001-seg.nii.gz", 2);
        ImportResult result = await CohortImport.RunAsync("brats-mets", Options, cancellationToken: Cancel);
        Assert.Equal([("00012", 1), ("00012", 1), ("00012", 2)], result.Cohort.Entries.Select(e => (e.Patient, e.TimePoint)));
        Assert.Null(result.Cohort.Entries[2].Mask);

        ImportResult all = await CohortImport.RunAsync(
            "brats-mets", Options with { Output = _tree["all"], LesionValues = [1, 2, 3], FewestVoxels = 9 }, cancellationToken: Cancel);
        Assert.Equal(4, all.LeftOut.Count(l => l.Why == "fewer than 9 voxels"));
        Assert.All(all.Cohort.Entries, e => Assert.Null(e.Mask));
    }

    [Fact]
    public async Task NYUMets_studies_are_ordered_by_number()
    {
        foreach (string study in new[] { "10", "9" })
        {
            await _tree.ImageAsync($"imaging/patientId/77/studyId/{study}/CT1.nii.gz");
            await _tree.SegmentationAsync($"imaging/patientId/77/studyId/{study}/RTSTRUCT_segmentation.nii.gz", 1);
        }

        await _tree.ImageAsync("imaging/patientId/77/studyId/11/T1.nii.gz");
        ImportResult result = await CohortImport.RunAsync("nyumets", Options, cancellationToken: Cancel);
        Assert.Equal([("77", "77_9-1", 1), ("77", "77_10-1", 2)], result.Cohort.Entries.Select(e => (e.Patient, e.Lesion, e.TimePoint)));
        Assert.Equal("77_11", Assert.Single(result.LeftOut).What);
    }

    [Fact]
    public async Task BrainMetShare_has_two_images_to_choose_from()
    {
        await _tree.ImageAsync("Mets_005/bravo.nii.gz");
        await _tree.ImageAsync("Mets_005/t1_gd.nii.gz");
        await _tree.SegmentationAsync("Mets_005/seg.nii.gz", 1);
        ImportResult result = await CohortImport.RunAsync("brainmetshare", Options, cancellationToken: Cancel);
        Assert.EndsWith("bravo.nii.gz", Assert.Single(result.Cohort.Entries).Image);
        result = await CohortImport.RunAsync("brainmetshare", Options with { Output = _tree["gd"], Sequence = "t1_gd", Copy = true }, cancellationToken: Cancel);
        Assert.Equal(_tree["gd", "images", "Mets_005.nii.gz"], Assert.Single(result.Cohort.Entries).Image);
        Assert.Contains("images/Mets_005.nii.gz", await File.ReadAllTextAsync(_tree["gd", Cohort.TableName], Cancel));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_tree.Source, "Mets_005", "t1_gd.nii.gz")), File.ReadAllBytes(result.Cohort.Entries[0].Image));
    }

    [Fact]
    public async Task Yale_dates_become_days()
    {
        await _tree.ImageAsync("YG_1/2010-03-01/YG_1_2010-03-01_POST.nii.gz");
        await _tree.ImageAsync("YG_1/2010-03-01/YG_1_2010-03-01_PRE.nii.gz");
        await _tree.ImageAsync("YG_1/2010-02-01/YG_1_2010-02-01_POST.nii.gz");
        await _tree.ImageAsync("YG_1/2010-02-01/ZZ_POST.nii.gz");
        await _tree.ImageAsync("YG_1/soon/YG_1_POST.nii.gz");
        ImportResult result = await CohortImport.RunAsync("yale", Options, cancellationToken: Cancel);
        Assert.Equal([(1, 0.0), (2, 28.0)], result.Cohort.Entries.Select(e => (e.TimePoint, e.Days!.Value)));
        Assert.Equal(["a second POST image of the same day", "the folder's name is no date"], result.LeftOut.Select(l => l.Why).Order());
    }

    [Fact]
    public async Task PROTEAS_follow_ups_are_in_order_and_two_courses_are_one_patient()
    {
        foreach (string time in new[] { "baseline", "fu2", "fu10" })
        {
            await _tree.ImageAsync($"P28a/BraTS/{time}/t1c.nii.gz");
            await _tree.SegmentationAsync($"P28a/tumor_segmentation/P28a_tumor_mask_{time}.nii.gz", 2, 3);
        }

        await _tree.ImageAsync("P28b/BraTS/baseline/t1c.nii.gz");
        await _tree.SegmentationAsync("P28b/tumor segmentation/P28b_tumor_mask_baseline.nii.gz", 1);
        ImportResult result = await CohortImport.RunAsync("proteas", Options, cancellationToken: Cancel);
        Assert.Equal(
            [("P28", "P28a_baseline-1", 1), ("P28", "P28a_fu2-1", 2), ("P28", "P28a_fu10-1", 3), ("P28", "P28b_baseline-1", 4)],
            result.Cohort.Entries.Select(e => (e.Patient, e.Lesion, e.TimePoint)));
    }

    [Fact]
    public async Task Another_folder_than_the_data_set_is_told_and_nothing_is_overwritten()
    {
        await _tree.ImageAsync("pictures/holiday.nii.gz");
        foreach ((string dataset, _) in CohortImport.Datasets)
        {
            CohortException wrong = await Assert.ThrowsAsync<CohortException>(() => CohortImport.RunAsync(dataset, Options, cancellationToken: Cancel));
            Assert.StartsWith($"{_tree.Source}: nothing here looks like {dataset}", wrong.Message);
        }

        CohortException full = await Assert.ThrowsAsync<CohortException>(
            () => CohortImport.RunAsync("yale", Options with { Output = _tree.Source }, cancellationToken: Cancel));
        Assert.Contains("not empty", full.Message);
        Assert.Contains("no such folder", (await Assert.ThrowsAsync<CohortException>(
            () => CohortImport.RunAsync("yale", Options with { Source = _tree["none"] }, cancellationToken: Cancel))).Message);
    }

    [Fact]
    public async Task Damaged_segmentation_leaves_the_scan_without_lesions()
    {
        await _tree.ImageAsync("Mets_1/bravo.nii.gz");
        await File.WriteAllTextAsync(Path.Combine(_tree.Source, "Mets_1", "seg.nii.gz"), "damaged", Cancel);
        ImportResult result = await CohortImport.RunAsync("brainmetshare", Options, cancellationToken: Cancel);
        Assert.Null(Assert.Single(result.Cohort.Entries).Mask);
        Assert.Contains("cannot be read", Assert.Single(result.LeftOut).Why);
    }
}
