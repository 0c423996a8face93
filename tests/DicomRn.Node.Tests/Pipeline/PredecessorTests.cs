using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>What a report of a later revision says of the one before.</summary>
public sealed class PredecessorTests : IDisposable
{
    private static readonly ReportingOptions Before = new() { OverlaySlices = 1, OverlayPanelSize = 128 };
    private static readonly ReportingOptions After = new() { OverlaySlices = 2, OverlayPanelSize = 128 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_names_the_latest_one_before_and_a_repeat_of_it_names_the_same()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        (EarlierReport first, string[] ofFirst) = await ReportAsync(input, Before, "1");
        (EarlierReport second, string[] ofSecond) = await ReportAsync(input with { EarlierReports = [first] }, After, "2");
        (EarlierReport repeat, string[] ofRepeat) = await ReportAsync(input with { EarlierReports = [second, first] }, After, "3");

        Assert.Empty(ofFirst);
        Assert.NotEqual(first.SopInstanceUid, second.SopInstanceUid);
        Assert.Equal([first.SopInstanceUid], ofSecond);
        Assert.Equal(second, repeat);
        Assert.Equal(ofSecond, ofRepeat);
    }

    [Fact]
    public async Task Reports_of_earlier_revisions_come_from_the_store_the_latest_first()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), ["A"]);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync("1.2"), Results.Answered("9.2"), ["A"]);

        Assert.Equal(
            ["9.2", "9.1"], (await store.Store.EarlierReportsAsync(TestStore.Study, 3, Cancellation)).Select(report => report.SopInstanceUid));
        Assert.Equal(["9.1"], (await store.Store.EarlierReportsAsync(TestStore.Study, 2, Cancellation)).Select(report => report.SopInstanceUid));
    }

    private async Task<(EarlierReport Report, string[] Predecessors)> ReportAsync(StudyInput input, ReportingOptions options, string work)
    {
        StudyPipeline pipeline = new(
            new SizeModel(), new(), new(), options, new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero)),
            NullLogger<StudyPipeline>.Instance);
        StudyResult result = await pipeline.RunAsync(input, _folder[work], null, Cancellation);
        ResultFile report = result.Results.Single(file => file.Kind == ResultKind.SR);
        await DicomValidators.DciodvfyAcceptsAsync(report.Path, Cancellation);
        DicomDataset dataset = (await DicomFile.OpenAsync(report.Path)).Dataset;
        string[] predecessors = dataset.TryGetSequence(DicomTag.PredecessorDocumentsSequence, out DicomSequence? studies)
            ?
            [
                .. studies.Items
                    .SelectMany(study => study.GetSequence(DicomTag.ReferencedSeriesSequence).Items)
                    .SelectMany(series => series.GetSequence(DicomTag.ReferencedSOPSequence).Items)
                    .Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID)),
            ]
            : [];
        return (new EarlierReport(report.SeriesInstanceUid, report.SopClassUid, report.SopInstanceUid), predecessors);
    }
}
