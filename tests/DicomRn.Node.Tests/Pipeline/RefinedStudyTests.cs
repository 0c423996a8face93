using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Segmentation;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A lesion that has grown since its contour was drawn, and one that has not.</summary>
public sealed class RefinedStudyTests : IDisposable
{
    private static readonly RefinementSettings On = new() { Enabled = true, AlsoDrawnOnSeries = true };
    private static readonly TestStudy Grown = new() { Drawn = [TestStudy.Ball(30, 45, 9, 6), TestStudy.Masks[1]] };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_model_sees_the_refined_mask_and_the_SEG_has_both()
    {
        StudyResult result = await RunAsync("work", On);

        Assert.Equal([true, false], result.Lesions.Select(l => l.Refinement!.Refined));
        MatchingRecord record = (await DurableRecord.ReadAsync<MatchingRecord>(_folder["work", MatchingRecord.FileName], Cancellation))!;
        Assert.Equal([RefinementOutcome.Refined, RefinementOutcome.Unchanged], record.Lesions.Select(l => l.Refinement!.Outcome));
        SegmentationObject seg = await SegmentationObject.ReadFileAsync(result.Results.Single(r => r.Kind == ResultKind.SEG).Path, Cancellation);
        Assert.Equal(["Lesion 1", "Lesion 2", "Lesion 1 planning"], seg.Segments.Select(s => s.Label));
        Assert.Equal(result.Lesions.Select(l => l.TrackingUid), seg.Segments.Take(2).Select(s => s.TrackingUid));
        Assert.Equal(3, seg.Segments.Select(s => s.TrackingUid).Distinct().Count());
        Assert.True(seg.Mask(1, TestStudy.Grid).VoxelCount == record.Lesions[0].Voxels, "segment 1 is what the model saw");
        Assert.Equal(Grown.Drawn[0].Voxels, seg.Mask(3, TestStudy.Grid).Mask.Voxels);
        Assert.InRange(seg.Mask(1, TestStudy.Grid).VoxelCount / (double)TestStudy.Masks[0].Voxels.Sum(v => v), 0.85, 1.15);
        await DicomValidators.DciodvfyAcceptsAsync(result.Results.Single(r => r.Kind == ResultKind.SEG).Path, Cancellation);
    }

    [Fact]
    public async Task The_report_says_which_mask_the_model_saw_and_why()
    {
        StudyResult result = await RunAsync("work", On);

        string path = result.Results.Single(r => r.Kind == ResultKind.SR).Path;
        await DicomValidators.DciodvfyAcceptsAsync(path, Cancellation);
        string[] texts = [.. Items((await DicomFile.OpenAsync(path)).Dataset).Select(Text)];
        Assert.Contains("SEENMASK=REFINED", texts);
        Assert.Contains("SEENMASK=PLANNING", texts);
        Assert.Contains(texts, t => t.StartsWith("The model saw the refined mask: ", StringComparison.Ordinal) && t.EndsWith("the planning mask is segment 3.", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.StartsWith("The model saw the planning mask: the contour of what enhances now is ", StringComparison.Ordinal));
        StudyExplanation why = await StudyExplanation.ReadAsync(_folder["work"], Cancellation);
        Assert.Contains("; refined: ", why.Contours[0].Regions[0].Why, StringComparison.Ordinal);
        Assert.Contains("; planning mask kept: ", why.Contours[0].Regions[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_refinement_results_keep_their_UIDs_whatever_else_it_is_set_to()
    {
        StudyResult off = await RunAsync("off", new RefinementSettings()), other = await RunAsync("other", new RefinementSettings { ToleranceMm = 3 });
        StudyResult on = await RunAsync("on", On), again = await RunAsync("again", On);

        Assert.Null(off.Lesions[0].Refinement);
        Assert.Equal(Uids(off), Uids(other));
        Assert.Empty(Uids(off).Intersect(Uids(on)));
        Assert.Equal(Uids(on), Uids(again));
    }

    [Fact]
    public async Task Contours_of_the_series_itself_are_no_planning_contours()
    {
        StudyResult result = await RunAsync("work", On with { AlsoDrawnOnSeries = false });

        Assert.Null(result.Lesions[0].Refinement);
        Assert.Contains(result.Notes, n => n.Contains("they are no planning contours and were not refined", StringComparison.Ordinal));
    }

    private async Task<StudyResult> RunAsync(string work, RefinementSettings refinement)
    {
        StudyInput input = Directory.Exists(_folder["in"]) ? TestStudy.Input(_folder["in"]) : await Grown.WriteAsync(_folder["in"], Cancellation);
        StudyPipeline pipeline = new(
            new SizeModel(), new MatchingOptions { Refinement = refinement }, new(), new ReportingOptions { OverlayPanelSize = 128 }, _time,
            NullLogger<StudyPipeline>.Instance);
        StudyResult result = await pipeline.RunAsync(input, _folder[work], null, Cancellation);
        Assert.Equal(StudyOutcome.Answered, result.Outcome);
        return result;
    }

    private static string[] Uids(StudyResult result) => [.. result.Results.Select(r => r.SopInstanceUid)];

    private static IEnumerable<DicomDataset> Items(DicomDataset item) => item.TryGetSequence(DicomTag.ContentSequence, out DicomSequence? children)
        ? children.Items.SelectMany(c => Items(c).Prepend(c))
        : [];

    private static string Text(DicomDataset item)
    {
        string name = item.TryGetSequence(DicomTag.ConceptNameCodeSequence, out DicomSequence? concept) ? concept.Items[0].GetSingleValueOrDefault(DicomTag.CodeValue, "") : "";
        return item.TryGetSequence(DicomTag.ConceptCodeSequence, out DicomSequence? code)
            ? $"{name}={code.Items[0].GetSingleValueOrDefault(DicomTag.CodeValue, "")}"
            : item.GetSingleValueOrDefault(DicomTag.TextValue, "");
    }
}
