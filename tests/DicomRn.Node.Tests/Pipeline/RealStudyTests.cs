using DicomRn.Node.Pipeline;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class RealStudyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static StudyPipeline Pipeline() =>
        new(new SizeModel(), new(), new(), new() { OverlaySlices = 2, OverlayPanelSize = 128 }, TimeProvider.System, NullLogger<StudyPipeline>.Instance);

    private static (StudyInput Input, string Series) Read(string patient)
    {
        string folder = TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1");
        DicomDataset image = DicomFile.Open(Path.Combine(folder, "image", "000000.dcm")).Dataset;
        return (TestStudy.Input(folder, studyUid: image.GetSingleValue<string>(DicomTag.StudyInstanceUID)), image.GetSingleValue<string>(DicomTag.SeriesInstanceUID));
    }

    [Theory]
    [MemberData(nameof(TestData.SarcomaPatients), MemberType = typeof(TestData))]
    public async Task Leg_is_neither_a_brain_nor_T1CE(string patient)
    {
        using TemporaryFolder work = new();

        StudyResult result = await Pipeline().RunAsync(Read(patient).Input, work.Path, null, Cancellation);

        Assert.Equal((StudyOutcome.CannotAnswer, CannotAnswerReason.NotABrain), (result.Outcome, result.Reason?.Kind));
        string text = await DicomValidators.DsrdumpAsync(Assert.Single(result.Results).Path, Cancellation);
        Assert.Contains("130576", text, StringComparison.Ordinal);
        Assert.Contains("130580", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leg_declared_to_be_T1CE_is_computed_and_the_report_says_that_the_user_decided()
    {
        using TemporaryFolder work = new();
        (StudyInput input, string series) = Read("STS_002");

        StudyResult result = await Pipeline().RunAsync(input with { AssumeT1ceSeriesUid = series }, work.Path, null, Cancellation);

        LesionResult lesion = Assert.Single(result.Lesions);
        Assert.Equal("GTV_Mass_MR_T1", lesion.Label);
        string text = await DicomValidators.DsrdumpAsync(result.Results.Single(r => r.Kind == ResultKind.SR).Path, Cancellation);
        Assert.Contains("declared by the user", text, StringComparison.Ordinal);
        Assert.Contains("Body Part Examined is EXTREMITY", text, StringComparison.Ordinal);
    }
}
