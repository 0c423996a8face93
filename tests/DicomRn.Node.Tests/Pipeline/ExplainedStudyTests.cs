using DicomRn.Imaging.Anatomy;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class ExplainedStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_series_object_and_region_says_why_it_was_taken_or_not()
    {
        StudyInput input = await new TestStudy { WithSegmentation = true, RoiNames = ["GTV 1", "Brainstem"], InterpretedType = "" }.WriteAsync(_folder["in"], Cancellation);
        await RunAsync(input);

        StudyExplanation why = await StudyExplanation.ReadAsync(_folder["work"], Cancellation);
        SeriesExplanation series = Assert.Single(why.Series);
        Assert.True(series.Chosen);
        Assert.Contains(series.Evidence, e => e.Observation.Contains("the image shows a head", StringComparison.Ordinal));
        Assert.Equal([("Structure set", true), ("Segmentation", false)], why.Contours.Select(c => (c.Kind, c.Used)));
        Assert.Contains("drawn on it; the first of 2", why.Contours[0].Why, StringComparison.Ordinal);
        Assert.Equal([(1, true), (2, false)], why.Contours[0].Regions.OrderBy(r => r.Number).Select(r => (r.Number, r.Used)));
        Assert.StartsWith("lesion of ", why.Contours[0].Regions.First(r => r.Used).Why, StringComparison.Ordinal);
        Assert.Contains("no lesion by the settings", why.Contours[0].Regions.First(r => !r.Used).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contours_in_another_frame_of_reference_say_so()
    {
        await RunAsync(await new TestStudy { ContourFrameUid = "1.2.3.4.5" }.WriteAsync(_folder["in"], Cancellation));

        ContourExplanation contours = Assert.Single((await StudyExplanation.ReadAsync(_folder["work"], Cancellation)).Contours);
        Assert.False(contours.Used);
        Assert.Contains("another frame of reference", contours.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contours_drawn_on_another_series_of_the_same_frame_of_reference_are_told_with_the_numbers()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        DicomFile file = await DicomFile.OpenAsync(_folder["in", "rtstruct.dcm"], FileReadOption.ReadAll);
        file.Dataset.GetSequence(DicomTag.ReferencedFrameOfReferenceSequence).Items[0].GetSequence(DicomTag.RTReferencedStudySequence).Items[0]
            .GetSequence(DicomTag.RTReferencedSeriesSequence).Items[0].AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.3.4.6");
        await file.SaveAsync(_folder["in", "rtstruct.dcm"]);

        StudyResult result = await RunAsync(input);

        Assert.Equal(2, result.Lesions.Count);
        Assert.Contains(result.Notes, n => n.Contains("drawn on another series: 100 % of", StringComparison.Ordinal) && n.Contains("0.00 slices off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contours_of_another_series_that_lie_in_air_are_dropped_with_the_numbers()
    {
        StudyInput input = await new TestStudy { WithContours = false }.WriteAsync(_folder["in"], Cancellation);
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(input.Files, Cancellation);
        OtherSeriesCheck check = OtherSeriesCheck.For(series, Source("1.2.3.4.6"))!;
        Assert.Equal(0, check.InTissue(Box(1, 1, 2)));
        Assert.Equal(1, check.InTissue(Box(34, 38, 11)));
        Assert.Null(OtherSeriesCheck.For(series, Source(TestStudy.SeriesUid)));
        Assert.Null(OtherSeriesCheck.For(series, Source("1.2.3.4.6") with { Carried = true }));

        LesionMatch match = await new LesionMatching(new MatchingOptions()).RunAsync(
            series, [Source("1.2.3.4.6")], await StudyFiles.ReadAsync(input, Cancellation), _folder.Path, Cancellation);
        Assert.Equal(CannotAnswerReason.ContoursOutsideImage, match.Reason?.Kind);
        Assert.Contains(match.Notes, n => n.Contains("only 0 % of it lies in tissue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_side_of_a_lesion_is_in_the_report()
    {
        StudyResult result = await RunAsync(await new TestStudy().WriteAsync(_folder["in"], Cancellation));

        Assert.Equal([Laterality.Right, Laterality.Left], result.Lesions.Select(l => l.Laterality));
        string report = result.Results.Single(f => f.Kind == ResultKind.SR).Path;
        string text = await DicomValidators.DsrdumpAsync(report, Cancellation);
        Assert.Contains("Laterality", text, StringComparison.Ordinal);
        Assert.Contains("(24028007,SCT,\"Right\")", text, StringComparison.Ordinal);
        Assert.Contains("(7771000,SCT,\"Left\")", text, StringComparison.Ordinal);
        await DicomValidators.PixelMedAcceptsAsync(report, Cancellation);
    }

    private Task<StudyResult> RunAsync(StudyInput input) => new StudyPipeline(
        new SizeModel(), new(), new(), new() { OverlaySlices = 2, OverlayPanelSize = 128 }, TimeProvider.System, NullLogger<StudyPipeline>.Instance)
        .RunAsync(input, _folder["work"], null, Cancellation);

    private ContourSource Source(string drawnOn) => new()
    {
        File = new StudyFile(_folder["in", "none.dcm"], new DicomDataset { { DicomTag.SOPInstanceUID, "1.2.3.4.7" } }),
        IsSegmentation = false,
        DrawnAt = "",
        ReferencedSeries = [drawnOn],
        Rois =
        [
            new ContourRoi { Roi = new LesionRoi(1, "GTV", "GTV"), FrameOfReferenceUid = TestStudy.FrameUid, ToMask = _ => Box(1, 1, 2) },
        ],
    };

    private static RoiMask Box(int i, int j, int k)
    {
        Volume<byte> mask = new(TestStudy.Grid);
        for (int n = 0; n < 27; n++)
            mask[i + n % 3, j + n / 3 % 3, k + n / 9 - 1] = 1;
        return new RoiMask(mask, 27, 1, []);
    }
}
