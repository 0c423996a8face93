using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A T1CE series with two temporal positions.</summary>
public sealed class SeveralVolumesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Between_several_volumes_of_a_series_nothing_chooses_but_the_setting()
    {
        StudyResult refused = await RunAsync("refused", null), first = await RunAsync("first", 1), second = await RunAsync("second", 2), none = await RunAsync("none", 3);

        Assert.Equal(CannotAnswerReason.SeriesUnusable, refused.Reason!.Kind);
        Assert.Contains("holds 2 volumes", refused.Reason.Text, StringComparison.Ordinal);
        Assert.Equal((StudyOutcome.Answered, StudyOutcome.Answered), (first.Outcome, second.Outcome));
        Assert.Contains(second.Notes, n => n.Contains("temporal position 2 was used", StringComparison.Ordinal));
        Assert.Empty(first.Results.Select(r => r.SopInstanceUid).Intersect(second.Results.Select(r => r.SopInstanceUid)));
        Assert.Equal(CannotAnswerReason.SeriesUnusable, none.Reason!.Kind);
        Assert.Contains("there is no stack 3", none.Reason.Text, StringComparison.Ordinal);
    }

    private async Task<StudyResult> RunAsync(string work, int? stack)
    {
        if (!Directory.Exists(_folder["in"]))
            await WriteAsync();
        StudyPipeline pipeline = new(
            new SizeModel(), new MatchingOptions { Series = new SeriesChoiceSettings { Stack = stack } }, new(),
            new ReportingOptions { OverlaySlices = 2, OverlayPanelSize = 128 }, _time, NullLogger<StudyPipeline>.Instance);
        return await pipeline.RunAsync(TestStudy.Input(_folder["in"]), _folder[work], null, Cancellation);
    }

    private async Task WriteAsync()
    {
        await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        foreach (string path in Directory.EnumerateFiles(_folder["in", "mr"]).ToArray())
        {
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
            file.Dataset.AddOrUpdate(DicomTag.TemporalPositionIdentifier, 1);
            await file.SaveAsync(path);
            string uid = file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) + ".2";
            file.Dataset.AddOrUpdate(DicomTag.SOPInstanceUID, uid);
            file.Dataset.AddOrUpdate(DicomTag.TemporalPositionIdentifier, 2);
            // Images that are the same pixel for pixel would count as copies.
            ushort[] pixels = file.Dataset.GetValues<ushort>(DicomTag.PixelData);
            file.Dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, Array.ConvertAll(pixels, p => (ushort)(p + 1))));
            await new DicomFile(file.Dataset).SaveAsync(path.Replace(".dcm", "-2.dcm", StringComparison.Ordinal));
        }
    }
}
