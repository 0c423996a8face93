using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Statistics;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Cohorts;

public sealed class PhantomCohortTests : IDisposable
{
    private static readonly PhantomCohortOptions Small = new() { Seed = 5, Unlabelled = 3, Labelled = 4, External = 2, TimePoints = 2 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Same_seed_gives_the_same_files_with_any_number_of_threads_and_after_an_interruption()
    {
        await PhantomCohort.WriteAsync(_folder["one"], Small, threads: 1, cancellationToken: Cancel);
        await PhantomCohort.WriteAsync(_folder["three"], Small, threads: 3, cancellationToken: Cancel);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            PhantomCohort.WriteAsync(_folder["two"], Small, threads: 2, new Until(0.3, stop), stop.Token));
        Assert.False(File.Exists(_folder["two", Cohort.TableName]));
        // A line that was cut off by the end of the program.
        await File.AppendAllTextAsync(_folder["two", "finished.jsonl"], "{\"Patient\":\"D0", Cancel);
        await PhantomCohort.WriteAsync(_folder["two"], Small, threads: 2, cancellationToken: Cancel);
        Assert.Equal(Files(_folder["one"]), Files(_folder["three"]));
        Assert.Equal(Files(_folder["one"]), Files(_folder["two"]));
        Assert.NotEqual(PhantomCohortPlan.Of(Small)[0].Seed, PhantomCohortPlan.Of(Small with { Seed = 6 })[0].Seed);
    }

    [Fact]
    public async Task Rows_images_masks_and_truth_belong_together()
    {
        Cohort cohort = await PhantomCohort.WriteAsync(_folder["c"], Small, threads: 2, cancellationToken: Cancel);
        Assert.Equal(3, cohort.Entries.Count(e => e.Split == CohortSplit.Unlabelled));
        Assert.Equal(4, cohort.Cases(CohortSplit.Development).Count + cohort.Cases(CohortSplit.HeldOut).Count);
        Assert.Equal(2, cohort.Cases(CohortSplit.External).Count);
        Assert.All(cohort.Entries.Where(e => e.IsIndex), e => Assert.Equal(2, e.TimePoint));
        Assert.All(cohort.Entries.Where(e => e.Split == CohortSplit.Unlabelled), e =>
        {
            Assert.Null(e.Mask);
            Assert.NotEqual("phantom B", e.Centre);
        });
        PreprocessingSettings settings = new();
        foreach (CohortEntry e in cohort.Cases(CohortSplit.External))
        {
            CohortScan scan = await CohortScan.ReadAsync(e, settings, Cancel);
            LesionCrop crop = scan.LesionCrop(settings);
            Assert.Equal(1, crop.Covered, 0.02);
            Assert.Equal(e.Clinical.LesionVolumeMm3!.Value, crop.VolumeMm3, 0.1 * crop.VolumeMm3);
            int[] inside = [.. Enumerable.Range(0, crop.Mask.Length).Where(n => crop.Mask[n] != 0)];
            Assert.True(inside.Max(n => crop.Image[n]) > 2, "the lesion enhances");
            Assert.InRange(crop.Image.Order().ElementAt(crop.Image.Length / 2), -2, 2);
        }

        string[] truth = File.ReadAllLines(_folder["c", "truth.csv"]);
        Assert.Equal(cohort.Entries.Count + 1, truth.Length);
        Assert.Equal(6, truth.Count(line => line.EndsWith(".nii.gz", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stored_sub_volume_becomes_the_input_that_the_whole_head_gives()
    {
        Cohort cohort = await PhantomCohort.WriteAsync(_folder["c"], Small with { Unlabelled = 0, Labelled = 1, External = 0, TimePoints = 1 }, 1, cancellationToken: Cancel);
        PhantomPatient patient = Assert.Single(PhantomCohortPlan.Of(Small with { Unlabelled = 0, Labelled = 1, External = 0, TimePoints = 1 }));
        PreprocessingSettings settings = new();
        PhantomHead head = PhantomHead.Generate(new PhantomOptions { Seed = patient.Seed, LesionCount = 1, Classes = patient.Classes }, Cancel);
        LesionCrop whole = LesionPreprocessor.Prepare(head.T1ce, head.Lesions[0].Mask, settings)!;
        LesionCrop stored = (await CohortScan.ReadAsync(cohort.Entries[0], settings, Cancel)).LesionCrop(settings);
        Assert.True(whole.Grid.Coincides(stored.Grid));
        Assert.Equal(whole.Mask, stored.Mask);
        // The noise of the two differs, what it averages to does not.
        Assert.Equal(whole.Image.Average(), stored.Image.Average(), 0.1);
        Assert.True(whole.Image.Zip(stored.Image).Average(p => Math.Abs(p.First - p.Second)) < 0.35);
    }

    [Fact]
    public void Sizes_of_the_paper_by_default_and_no_patient_twice()
    {
        IReadOnlyList<PhantomPatient> plan = PhantomCohortPlan.Of(new PhantomCohortOptions { Seed = 1 });
        int Lesions(CohortSplit split, LesionClass c) => plan.Where(p => p.Split == split).Sum(p => p.Classes.Count(x => x == c));
        Assert.Equal(10_167, plan.Where(p => p.Split == CohortSplit.Unlabelled).Sum(p => p.Scans));
        Assert.Equal((44 - 9, 65 - 13), (Lesions(CohortSplit.Development, LesionClass.RadiationNecrosis), Lesions(CohortSplit.Development, LesionClass.Progression)));
        Assert.Equal((9, 13), (Lesions(CohortSplit.HeldOut, LesionClass.RadiationNecrosis), Lesions(CohortSplit.HeldOut, LesionClass.Progression)));
        Assert.Equal((8, 20), (Lesions(CohortSplit.External, LesionClass.RadiationNecrosis), Lesions(CohortSplit.External, LesionClass.Progression)));
        Assert.Equal(plan.Count, plan.Select(p => p.Seed).Distinct().Count());
        Assert.Equal(plan.Count, plan.Select(p => p.Id).Distinct().Count());
        Assert.DoesNotContain(plan, p => p.Split == CohortSplit.Unlabelled && p.Centre == PhantomCentre.Second);
        Assert.Contains(plan, p => p.Classes.Count == 3);
    }

    [Fact]
    public void Growth_and_months_tell_something_of_the_class_but_not_all()
    {
        List<double> growth = [], months = [];
        List<bool> progression = [];
        for (int seed = 0; seed < 800; seed++)
        {
            LesionClass c = (LesionClass)(seed % 2);
            growth.Add(-new PhantomGrowth(SeededRandom.For(seed, 1), c).RadiusFactor(-5));
            PhantomPatient patient = new("p", seed, PhantomCentre.First, CohortSplit.Development, [c], 3);
            if (new PhantomClinicalRows(patient).Of(0, 0, 1).MonthsSinceRadiosurgery is { } known)
            {
                months.Add(-known);
                progression.Add(c == LesionClass.Progression);
            }
            else
            {
                growth.RemoveAt(growth.Count - 1);
            }
        }

        Assert.InRange(800 - months.Count, 15, 75);
        Assert.InRange(RocAuc.DeLong([.. growth], [.. progression]).Auc, 0.65, 0.92);
        Assert.InRange(RocAuc.DeLong([.. months], [.. progression]).Auc, 0.65, 0.82);
    }

    [Fact]
    public async Task Another_cohort_or_other_files_in_the_folder_are_refused_and_a_complete_one_is_kept()
    {
        PhantomCohortOptions tiny = Small with { Unlabelled = 1, Labelled = 0, External = 0 };
        Cohort cohort = await PhantomCohort.WriteAsync(_folder["c"], tiny, 1, cancellationToken: Cancel);
        DateTime written = File.GetLastWriteTimeUtc(cohort.Entries[0].Image);
        await PhantomCohort.WriteAsync(_folder["c"], tiny, 1, cancellationToken: Cancel);
        Assert.Equal(written, File.GetLastWriteTimeUtc(cohort.Entries[0].Image));
        CohortException other = await Assert.ThrowsAsync<CohortException>(() => PhantomCohort.WriteAsync(_folder["c"], tiny with { Edge = 40 }, 1, cancellationToken: Cancel));
        Assert.Contains("other options", other.Message);
        Directory.CreateDirectory(_folder["mine"]);
        await File.WriteAllTextAsync(_folder["mine", "notes.txt"], "mine", Cancel);
        CohortException foreign = await Assert.ThrowsAsync<CohortException>(() => PhantomCohort.WriteAsync(_folder["mine"], tiny, 1, cancellationToken: Cancel));
        Assert.Contains("not empty", foreign.Message);
    }

    private static Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    private sealed class Until(double fraction, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > fraction)
                stop.Cancel();
        }
    }
}
