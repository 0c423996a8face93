using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.Node.Tests.Pipeline;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Tracking;

public sealed class LesionTrackingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 9, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "they share")]
    [InlineData(false, "by the name of its contour alone")]
    public async Task Lesion_keeps_its_tracking_UID_by_overlap_and_without_a_way_between_the_frames_of_reference_by_name(bool sameFrame, string why)
    {
        StudyResult first = await RunAsync(await new TestStudy().WriteAsync(_folder["one"], Cancellation), "w1");
        StudyInput later = await LaterAsync(new TestStudy { RoiNames = sameFrame ? ["GTV a", "GTV b"] : ["GTV 1", "GTV 2"] }, "two", 2, "20250601", sameFrame);
        StudyResult alone = await RunAsync(later, "w2");
        StudyResult second = await RunAsync(later with { Fetched = Fetched(first) }, "w3");

        Assert.Empty(alone.Lesions.Select(l => l.TrackingUid).Intersect(first.Lesions.Select(l => l.TrackingUid)));
        Assert.Equal(first.Lesions.Select(l => (l.TrackingId, l.TrackingUid)), second.Lesions.Select(l => (l.TrackingId, l.TrackingUid)));
        Assert.Equal(2, second.Notes.Count(n => n.Contains(why, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("registered", true)]
    [InlineData("refused", false)]
    [InlineData("switched off", false)]
    [InlineData("of another patient", false)]
    public async Task Earlier_images_of_another_frame_of_reference_are_registered_to_recognise_lesions(string what, bool recognised)
    {
        MovedExamination earlier = new("20240901", "1.2.826.0.1.3680043.8.498.300", Moved: true, what == "of another patient" ? "20000101" : "19600203");
        StudyResult first = await RunAsync(await earlier.WriteAsync(_folder["one"], ["A", "B"], Cancellation), "w1");
        StudyInput later = await new MovedExamination("20250301", "1.2.826.0.1.3680043.8.498.400", Moved: false, "19600203")
            .WriteAsync(_folder["two"], ["C", "D"], Cancellation);
        MatchingOptions options = new()
        {
            Tracking = new() { RegisterHere = what != "switched off" },
            Registration = what == "refused" ? new() { MinimumInformation = 1.99 } : new(),
        };
        StudyResult second = await RunAsync(
            later with { Fetched = new FetchedObjects([.. Fetched(first).Files, .. Directory.EnumerateFiles(_folder["one", "mr"])], []) }, "w2", options);

        Assert.Equal(2, second.Lesions.Count);
        Assert.Equal(recognised ? 2 : 0, second.Lesions.Count(l => l.History.Count == 1));
        Assert.Equal(
            recognised ? first.Lesions.Select(l => l.TrackingUid) : [], first.Lesions.Select(l => l.TrackingUid).Intersect(second.Lesions.Select(l => l.TrackingUid)));
        Assert.Equal(recognised ? 2 : 0, second.Notes.Count(n => n.Contains("they share", StringComparison.Ordinal)));
        Assert.Equal(what is "registered" or "refused", second.Notes.Any(n => n.Contains("were registered to the contrast-enhanced T1 series. ", StringComparison.Ordinal)));
        Assert.Equal(what == "of another patient", second.Notes.Any(n => n.Contains("were not registered: they contradict", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Report_tells_volume_and_probability_over_time_and_every_validator_accepts_it()
    {
        StudyResult first = await RunAsync(await new TestStudy().WriteAsync(_folder["one"], Cancellation), "w1");
        StudyResult second = await RunAsync(
            await LaterAsync(new TestStudy(), "two", 2, "20250601", true) with { Fetched = Fetched(first) }, "w2");
        StudyResult third = await RunAsync(
            await LaterAsync(new TestStudy { ContourShift = 2 }, "three", 3, "20250901", true) with { Fetched = Fetched(first, second) }, "w3");

        Assert.Equal(first.Lesions.Select(l => l.TrackingUid), third.Lesions.Select(l => l.TrackingUid));
        Assert.All(third.Lesions, l => Assert.Equal(["20250301", "20250601"], l.History.Select(h => h.Date)));
        Assert.Equal(first.Lesions.Select(l => l.VolumeMm3), third.Lesions.Select(l => l.History[0].VolumeMm3));
        Assert.Equal(first.Lesions.Select(l => l.Probability), third.Lesions.Select(l => l.History[0].Probability));
        Assert.Equal(first.Lesions.Select(l => l.Class), third.Lesions.Select(l => l.History[0].Class));
        Assert.StartsWith("Lesion 1 over time: 20250301 ", third.Notes[0], StringComparison.Ordinal);
        string report = third.Results.Single(r => r.Kind == ResultKind.SR).Path;
        await DicomValidators.DciodvfyAcceptsAsync(report, Cancellation);
        string text = await DicomValidators.DsrdumpAsync(report, Cancellation);
        Assert.Equal(4, text.Split("\"Time Point\")=").Length - 1);
        Assert.Equal(
            first.Results.Concat(second.Results).Where(r => r.Kind == ResultKind.SR).Select(r => r.SopInstanceUid).Order(), OtherEvidence(report));
        await DicomValidators.PixelMedAcceptsAsync(report, Cancellation);
    }

    [Fact]
    public async Task New_lesion_gets_an_identity_that_no_earlier_one_has()
    {
        StudyResult first = await RunAsync(await new TestStudy { RoiNames = ["GTV 1"] }.WriteAsync(_folder["one"], Cancellation), "w1");
        StudyResult second = await RunAsync(
            await LaterAsync(new TestStudy(), "two", 2, "20250601", true) with { Fetched = Fetched(first) }, "w2");

        Assert.Equal(["Lesion 1", "Lesion 2"], second.Lesions.Select(l => l.TrackingId));
        Assert.Equal(first.Lesions[0].TrackingUid, second.Lesions[0].TrackingUid);
        Assert.Single(second.Lesions[0].History);
        Assert.Empty(second.Lesions[1].History);
    }

    [Fact]
    public async Task Name_does_not_count_where_the_masks_can_be_compared_and_lie_elsewhere()
    {
        StudyResult first = await RunAsync(await new TestStudy { RoiNames = ["GTV 1"] }.WriteAsync(_folder["one"], Cancellation), "w1");
        StudyResult second = await RunAsync(
            await LaterAsync(new TestStudy { RoiNames = ["GTV 1"], ContourShift = 30 }, "two", 2, "20250601", true) with { Fetched = Fetched(first) }, "w2");

        Assert.NotEqual(first.Lesions[0].TrackingUid, Assert.Single(second.Lesions).TrackingUid);
        Assert.Equal("Lesion 2", second.Lesions[0].TrackingId);
        Assert.Empty(second.Lesions[0].History);
    }

    [Fact]
    public async Task Later_reports_are_no_history()
    {
        StudyResult later = await RunAsync(await LaterAsync(new TestStudy(), "two", 2, "20250601", true), "w1");
        StudyResult first = await RunAsync(
            await new TestStudy().WriteAsync(_folder["one"], Cancellation) with { Fetched = Fetched(later) }, "w2");

        Assert.All(first.Lesions, l => Assert.Empty(l.History));
    }

    private static FetchedObjects Fetched(params StudyResult[] results) =>
        new([.. results.SelectMany(r => r.Results).Where(r => r.Kind is ResultKind.SR or ResultKind.SEG).Select(r => r.Path)], []);

    private async Task<StudyInput> LaterAsync(TestStudy study, string name, int number, string date, bool sameFrame)
    {
        await study.WriteAsync(_folder[name], Cancellation);
        return await FollowUp.MakeAsync(_folder[name], number, date, sameFrame);
    }

    private static string[] OtherEvidence(string report) =>
    [
        .. DicomFile.Open(report).Dataset.GetSequence(DicomTag.PertinentOtherEvidenceSequence).Items
            .SelectMany(study => study.GetSequence(DicomTag.ReferencedSeriesSequence).Items)
            .SelectMany(series => series.GetSequence(DicomTag.ReferencedSOPSequence).Items)
            .Where(item => item.GetString(DicomTag.ReferencedSOPClassUID) == DicomUID.Comprehensive3DSRStorage.UID)
            .Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID))
            .Order(),
    ];

    private Task<StudyResult> RunAsync(StudyInput input, string work, MatchingOptions? options = null) => new StudyPipeline(
        new SizeModel(), options ?? new MatchingOptions(), new(), new ReportingOptions { Overlays = false }, _time, NullLogger<StudyPipeline>.Instance)
        .RunAsync(input, _folder[work], null, Cancellation);
}
