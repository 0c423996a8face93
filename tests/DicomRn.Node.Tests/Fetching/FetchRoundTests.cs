using DicomRn.Node.Administration;
using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Pipeline;
using DicomRn.Node.Tests.Support;
using DicomRn.Node.Tests.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Fetching;

public sealed class FetchRoundTests : IDisposable
{
    private const string Contours = "1.2.826.0.1.3680043.8.498.203";
    private const string PlanSeries = "1.2.826.0.1.3680043.8.498.207";
    private const string PlanningImages = "1.2.826.0.1.3680043.8.498.201";

    private static readonly FetchTerms Terms = new(true, true, true, TimeSpan.FromMinutes(10), TimeSpan.FromHours(6), TimeSpan.FromDays(1));

    private readonly NodeFolder _folder = new();
    private readonly TestSupport.TemporaryFolder _studies = new();
    private readonly QueryRetrieveFeed _calls = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _studies.Dispose();
    }

    [Fact]
    public async Task Contours_are_taken_and_the_planning_images_that_they_were_drawn_on_and_nothing_else()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        DicomFile dose = Instances.Mr("7.1.1");
        dose.Dataset.AddOrUpdate(DicomTag.Modality, "RTDOSE");
        FakeSource pacs = new("PACS", [.. planning, dose]);

        FetchRound round = await RunAsync(store, task, new FetchingOptions(), pacs);

        Assert.Equal([Contours, PlanningImages], pacs.Got);
        Assert.Equal((planning.Length, 0), (round.Taken, round.Failures));
        List<FetchedInstanceRecord> rows = await RowsAsync(store);
        Assert.Equal(rows.Select(r => r.Path).Order(), FilesBelow(_folder.Folders.Fetched));
        Assert.All(rows, r => Assert.Equal((TestStore.Study, "PACS"), (r.StudyInstanceUid, r.Source)));
        Assert.Single(await store.Store.ReadAsync(db => db.Studies.ToListAsync()));
    }

    [Fact]
    public async Task What_came_from_a_peer_and_what_did_not_is_told_for_the_audit_trail()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        PeerCall call = new() { Host = "pacs.example", Port = 104, CalledAeTitle = "ARCHIVE", CallingAeTitle = "DICOMRN" };
        FakeSource pacs = new("PACS", planning) { Call = call }, own = new("own store", planning);
        pacs.Withheld.Add(PlanningImages);
        List<FetchedInstances> told = [];
        _calls.Fetched += told.Add;

        await RunAsync(store, task, new FetchingOptions(), pacs, own);

        Assert.All(told, t => Assert.Equal(("ARCHIVE", "pacs.example", TestStore.Study), (t.AeTitle, t.Host, t.ForStudyInstanceUid)));
        Assert.Equal([1, 0], told.Select(t => t.SopClasses.Values.Sum()));
        Assert.Equal((null, true), (told[0].Error, told[1].Error is { Length: > 0 }));
    }

    [Fact]
    public async Task A_source_that_is_away_does_not_keep_the_others_from_being_asked()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        FakeSource dead = new("DEAD") { Failure = new DicomNetworkException("nobody is there") };
        FakeSource pacs = new("PACS", planning);

        FetchRound round = await RunAsync(store, task, new FetchingOptions(), dead, pacs);

        Assert.Equal((planning.Length, 1), (round.Taken, round.Failures));
        Assert.Contains(await EntriesAsync(store, round), e => e is { Source: "DEAD", Kind: FetchEntryKind.Failed, Text: "nobody is there" });
    }

    [Fact]
    public async Task A_series_that_is_not_sent_does_not_keep_the_others_from_coming()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        DicomFile other = Instances.Mr("7.1.1");
        other.Dataset.AddOrUpdate(DicomTag.Modality, "SEG");
        FakeSource pacs = new("PACS", [other, .. planning]);
        pacs.Withheld.Add(Instances.Series);

        FetchRound round = await RunAsync(store, task, new FetchingOptions(), pacs);

        Assert.Equal([Contours, PlanningImages], pacs.Got);
        Assert.Equal((planning.Length, 1), (round.Taken, round.Failures));
    }

    [Theory]
    [InlineData("PatientID", "OTHER", "Patient ID")]
    [InlineData("PatientBirthDate", "19990101", "Patient's Birth Date")]
    [InlineData("PatientSex", "M", "Patient's Sex")]
    public async Task What_names_another_patient_is_set_aside_and_never_used(string keyword, string value, string attribute)
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        DicomTag tag = keyword switch { "PatientID" => DicomTag.PatientID, "PatientSex" => DicomTag.PatientSex, _ => DicomTag.PatientBirthDate };
        foreach (DicomFile file in planning.Where(f => f.Dataset.GetSingleValue<string>(DicomTag.Modality) == "RTSTRUCT"))
            file.Dataset.AddOrUpdate(tag, value);

        FetchRound round = await RunAsync(store, task, new FetchingOptions(), new FakeSource("PACS", planning));

        Assert.Empty(await RowsAsync(store));
        Assert.Empty(FilesBelow(_folder.Folders.Fetched));
        QuarantineRecord aside = Assert.Single(await store.Store.ReadAsync(db => db.Quarantine.ToListAsync()));
        Assert.True(File.Exists(_folder.Folders.Absolute(aside.Path)));
        Assert.Contains(attribute, aside.Reason, StringComparison.Ordinal);
        FetchEntry entry = Assert.Single(await EntriesAsync(store, round), e => e.Kind == FetchEntryKind.SetAside);
        Assert.Contains($"of another patient by {attribute}", entry.Text, StringComparison.Ordinal);
        await store.Store.EndFetchAsync(task, round.Entries, null, Terms);
        Assert.Contains(attribute, Assert.Single((await store.Store.BeginProcessingAsync(Terms))!.FetchNotes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_names_no_patient_is_not_taken()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        foreach (DicomFile file in planning)
            file.Dataset.AddOrUpdate(DicomTag.PatientID, "");

        await RunAsync(store, task, new FetchingOptions(), new FakeSource("PACS", planning));

        Assert.Empty(await RowsAsync(store));
        Assert.Empty(await store.Store.ReadAsync(db => db.Quarantine.ToListAsync()));
    }

    [Fact]
    public async Task Limits_are_kept_and_told()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);

        FetchRound round = await RunAsync(store, task, new FetchingOptions { MaximumInstances = 10 }, new FakeSource("PACS", planning));

        Assert.Equal([Contours], (await RowsAsync(store)).Select(r => r.SeriesInstanceUid));
        Assert.Contains(
            await EntriesAsync(store, round),
            e => e.Kind == FetchEntryKind.NotTaken && e.Text.Contains("Fetching:MaximumInstances", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_round_after_a_crash_takes_only_what_is_missing()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        FakeSource pacs = new("PACS", planning);
        await RunAsync(store, task, new FetchingOptions { MaximumInstances = 10 }, pacs);
        string rest = Path.Combine(_folder.Folders.FetchedFor(TestStore.Study), ".inbox-1", "half.dcm");
        Directory.CreateDirectory(Path.GetDirectoryName(rest)!);
        await File.WriteAllTextAsync(rest, "half", Cancelled);

        await store.Store.EndLeasesOfEarlierRunAsync();
        await RunAsync(store, (await store.Store.BeginFetchAsync())!, new FetchingOptions(), pacs);

        Assert.Equal([Contours, PlanningImages], pacs.Got);
        Assert.Equal((await RowsAsync(store)).Select(r => r.Path).Order(), FilesBelow(_folder.Folders.Fetched));
    }

    [Fact]
    public async Task What_was_fetched_is_used_by_the_pipeline_and_told_in_its_record()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store);
        StudyPipeline pipeline = new(
            new SizeModel(), new(), new(), new() { Overlays = false }, store.Clock, NullLogger<StudyPipeline>.Instance);
        StudyInput input = TestStudy.Input(_studies["study", "mr"]);
        StudyResult before = await pipeline.RunAsync(input with { MayFetch = true }, _studies["work"], null, Cancelled);
        Assert.True(before.IsInterim);
        Assert.Equal((true, true, TestStudy.FrameUid), (before.Wanted!.Contours, before.Wanted.Plans, before.Wanted.FrameOfReferenceUid));

        await RunAsync(store, task, new FetchingOptions(), new FakeSource("PACS", planning));
        StudyResult after = await pipeline.RunAsync(
            input with { Fetched = new FetchedObjects([.. (await RowsAsync(store)).Select(r => _folder.Folders.Absolute(r.Path))], []) },
            _studies["work"], null, Cancelled);

        Assert.Equal((StudyOutcome.Answered, null), (after.Outcome, after.Reason?.Text));
        Assert.Null(after.Wanted);
        Assert.Equal(PlanningStudy.Truth.Count, after.Lesions.Count);
        Assert.Contains(after.Notes, n => n.StartsWith($"The contours are of another study of the patient, {TestStudy.StudyUid}.9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RT_Plan_is_taken_after_the_contours_and_tells_the_model_when_and_with_what_dose_the_lesions_were_treated(bool wanted)
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store, w => w with { Plans = wanted });
        FakeSource pacs = new("PACS", [Plan(), .. planning]);
        SizeModel model = new() { Asks = _ => [] };
        StudyPipeline pipeline = new(model, new(), new(), new() { Overlays = false }, store.Clock, NullLogger<StudyPipeline>.Instance);

        await RunAsync(store, task, new FetchingOptions(), pacs);
        StudyResult result = await pipeline.RunAsync(
            TestStudy.Input(_studies["study", "mr"]) with { Fetched = new FetchedObjects([.. (await RowsAsync(store)).Select(r => _folder.Folders.Absolute(r.Path))], []) },
            _studies["work"], null, Cancelled);

        Assert.Equal(wanted ? [Contours, PlanSeries, PlanningImages] : [Contours, PlanningImages], pacs.Got);
        Assert.Equal((StudyOutcome.Answered, null), (result.Outcome, result.Reason?.Text));
        Assert.Equal(
            wanted ? (181 / 30.4375, 20.0, 1) : ((double?)null, (double?)null, (int?)null),
            (model.Told!.MonthsSinceRadiosurgery, model.Told.DoseGy, model.Told.Fractions));
    }

    [Fact]
    public async Task RT_Plan_that_is_not_sent_holds_nothing_up()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, DicomFile[] planning) = await HeldAsync(store, w => w with { Plans = true });
        FakeSource pacs = new("PACS", [Plan(), .. planning]);
        pacs.Withheld.Add(PlanSeries);

        FetchRound round = await RunAsync(store, task, new FetchingOptions(), pacs);

        Assert.Equal((planning.Length, 0), (round.Taken, round.Failures));
        Assert.Contains(await EntriesAsync(store, round), e => e.Kind == FetchEntryKind.Failed && e.Text.Contains(PlanSeries, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("other frame of reference", true)]
    [InlineData("same frame of reference", false)]
    [InlineData("later than the study", false)]
    [InlineData("switched off", false)]
    public async Task Images_of_the_latest_earlier_result_are_taken_where_no_registration_leads_to_them(string what, bool taken)
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        (FetchTask task, _) = await HeldAsync(store, w => w with { Contours = false, Earlier = true });
        await new TestStudy().WriteAsync(_studies["earlier"], Cancelled);
        StudyInput earlier = await FollowUp.MakeAsync(
            _studies["earlier"], 7, what == "later than the study" ? "20250401" : "20250201", sameFrame: what == "same frame of reference");
        StudyPipeline pipeline = new(new SizeModel(), new(), new(), new() { Overlays = false }, store.Clock, NullLogger<StudyPipeline>.Instance);
        StudyResult result = await pipeline.RunAsync(earlier, _studies["work"], null, Cancelled);
        DicomFile[] files = await Task.WhenAll(result.Results.Select(r => r.Path).Concat(earlier.Files)
            .Select(path => DicomFile.OpenAsync(path, FileReadOption.ReadAll)));
        FakeSource pacs = new("PACS", files);

        FetchRound round = await RunAsync(store, task, new FetchingOptions { EarlierImages = what != "switched off" }, pacs);

        Assert.Equal(0, round.Failures);
        Assert.Equal(2, pacs.Got.Count(s => !s.StartsWith(TestStudy.SeriesUid, StringComparison.Ordinal)));
        Assert.Equal(taken, pacs.Got.Contains($"{TestStudy.SeriesUid}.7"));
    }

    private static DicomFile Plan() => new(new DicomDataset
    {
        { DicomTag.SOPClassUID, DicomUID.RTPlanStorage },
        { DicomTag.SOPInstanceUID, PlanSeries + ".1" },
        { DicomTag.StudyInstanceUID, TestStudy.StudyUid + ".9" },
        { DicomTag.SeriesInstanceUID, PlanSeries },
        { DicomTag.Modality, "RTPLAN" },
        { DicomTag.PatientID, "TEST-1" },
        { DicomTag.RTPlanDate, "20240901" },
        new DicomSequence(
            DicomTag.ReferencedStructureSetSequence, new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, Contours + ".1" } }),
        new DicomSequence(
            DicomTag.DoseReferenceSequence, new DicomDataset { { DicomTag.DoseReferenceType, "TARGET" }, { DicomTag.TargetPrescriptionDose, 20m } }),
        new DicomSequence(DicomTag.FractionGroupSequence, new DicomDataset { { DicomTag.NumberOfFractionsPlanned, 1 } }),
    });

    /// <summary>A follow-up that was sent to the node and lacks contours, and the planning study that somebody else has.</summary>
    private async Task<(FetchTask Task, DicomFile[] Planning)> HeldAsync(TestStore store, Func<WantedObjects, WantedObjects>? wanted = null)
    {
        await new PlanningStudy().WriteAsync(_studies["study"], Cancelled);
        foreach (string path in Directory.EnumerateFiles(_studies["study", "mr"]))
        {
            DicomDataset image = (await DicomFile.OpenAsync(path)).Dataset;
            string sop = image.GetSingleValue<string>(DicomTag.SOPInstanceUID);
            InstanceRecord row = store.Instance(sop);
            string stored = _folder.Folders.Absolute(row.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(stored)!);
            File.Copy(path, stored);
            await store.ReceiveAsync(sop);
        }

        store.Clock.Advance(TimeSpan.FromSeconds(60));
        await store.Store.CompleteDueStudiesAsync();
        StudyTask task = (await store.Store.BeginProcessingAsync(Terms))!;
        await store.Store.FinishProcessingAsync(
            task,
            new StudyResult
            {
                StudyInstanceUid = TestStore.Study,
                Outcome = StudyOutcome.CannotAnswer,
                IsInterim = true,
                Wanted = (wanted ?? (w => w))(new WantedObjects { Contours = true, FrameOfReferenceUid = TestStudy.FrameUid }),
            },
            new RouteToAll([]), Terms);
        List<DicomFile> planning = [];
        foreach (string path in Directory.EnumerateFiles(_studies["study", "planning"]).Append(_studies["study", "rtstruct.dcm"]))
        {
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
            file.Dataset.AddOrUpdate(DicomTag.StudyInstanceUID, TestStudy.StudyUid + ".9");
            planning.Add(file);
        }

        return ((await store.Store.BeginFetchAsync())!, [.. planning]);
    }

    private async Task<FetchRound> RunAsync(TestStore store, FetchTask task, FetchingOptions options, params IFetchSource[] sources)
    {
        DiskReserve reserve = new(() => (1L << 40, 1L << 41), new DiskReserveOptions(), store.Clock, NullLogger<DiskReserve>.Instance);
        FetchRound round = new(task, store.Store, _folder.Folders, options, reserve, store.Clock, NullLogger.Instance, _calls);
        await round.RunAsync(sources, Cancelled);
        return round;
    }

    private static async Task<IReadOnlyList<FetchEntry>> EntriesAsync(TestStore store, FetchRound round) =>
    [
        .. FetchQueue.Entries((await store.Store.ReadAsync(async db => await db.Fetches.FindAsync(TestStore.Study)))!),
        .. round.Entries,
    ];

    private static Task<List<FetchedInstanceRecord>> RowsAsync(TestStore store) =>
        store.Store.ReadAsync(db => db.Fetched.OrderBy(f => f.SopInstanceUid).ToListAsync());

    private IEnumerable<string> FilesBelow(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(_folder.Folders.Relative).Order();
}
