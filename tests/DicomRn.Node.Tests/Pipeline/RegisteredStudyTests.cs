using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class RegisteredStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Contours_on_a_planning_series_are_carried_over_by_its_registration(bool segmentation)
    {
        StudyResult result = await RunAsync(new PlanningStudy { AsSegmentation = segmentation });

        Assert.Equal((StudyOutcome.Answered, null), (result.Outcome, result.Reason?.Text));
        await RequireMasksAsync(0.8);
        string registration = result.Results.Single(f => f.Kind == ResultKind.REG).Path;
        Assert.Equal(ResultClasses.Of(ResultKind.REG).UID, DicomFile.Open(registration).Dataset.GetSingleValue<string>(DicomTag.SOPClassUID));
        await DicomValidators.DciodvfyAcceptsAsync(registration, Cancellation);
        RigidTransform found = RegistrationPath.Find(
            [SpatialRegistration.Read((await DicomFile.OpenAsync(registration)).Dataset)], TestStudy.FrameUid, PlanningStudy.PlanningFrameUid)!.Transform;
        Assert.True(found.DistanceTo(PlanningStudy.FixedToMoving, PlanningStudy.Center, 70) < 0.5);
        string report = await DicomValidators.DsrdumpAsync(result.Results.Single(f => f.Kind == ResultKind.SR).Path, Cancellation);
        Assert.Contains("registered to the contrast-enhanced T1 series by this program. Accepted. Normalised mutual information", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_that_comes_with_the_study_is_used_before_any_other()
    {
        StudyResult result = await RunAsync(new PlanningStudy { WithPlanning = false, WithRegistration = true });

        Assert.Equal((StudyOutcome.Answered, null), (result.Outcome, result.Reason?.Text));
        await RequireMasksAsync(0.85);
        Assert.DoesNotContain(result.Results, f => f.Kind == ResultKind.REG);
        Assert.Contains(result.Notes, n => n.Contains(PlanningStudy.RegistrationUid, StringComparison.Ordinal));
        await DicomValidators.DciodvfyAcceptsAsync(result.Results.Single(f => f.Kind == ResultKind.SR).Path, Cancellation);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_deformable_registration_of_the_study_carries_contours_in_both_directions(bool backwards, bool segmentation)
    {
        StudyResult result = await RunAsync(
            new PlanningStudy { WithPlanning = false, WithDeformation = true, DeformationBackwards = backwards, AsSegmentation = segmentation });

        Assert.Equal((StudyOutcome.Answered, null), (result.Outcome, result.Reason?.Text));
        await RequireMasksAsync(0.8);
        Assert.Contains(result.Notes, n => n.Contains($"deformable registration of the study {PlanningStudy.DeformationUid}", StringComparison.Ordinal));
        await DicomValidators.DciodvfyAcceptsAsync(result.Results.Single(f => f.Kind == ResultKind.SR).Path, Cancellation);
    }

    [Fact]
    public async Task Where_a_deformation_does_not_reach_nothing_is_carried_over()
    {
        StudyResult result = await RunAsync(new PlanningStudy { WithPlanning = false, WithDeformation = true, DeformationSize = 24 });

        Assert.Equal(StudyOutcome.CannotAnswer, result.Outcome);
        Assert.Empty(result.Lesions);
    }

    [Fact]
    public async Task A_rigid_registration_goes_before_a_deformable_one()
    {
        StudyResult result = await RunAsync(new PlanningStudy { WithPlanning = false, WithRegistration = true, WithDeformation = true });

        Assert.Contains(result.Notes, n => n.Contains(PlanningStudy.RegistrationUid, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Notes, n => n.Contains(PlanningStudy.DeformationUid, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registration_made_here_is_sent_as_a_checkerboard_when_asked_for()
    {
        StudyResult result = await RunAsync(new PlanningStudy(), reporting: new ReportingOptions { Overlays = false, Checkerboard = true });

        ResultFile picture = Assert.Single(result.Results, f => f.Kind == ResultKind.SC);
        await DicomValidators.DciodvfyAcceptsAsync(picture.Path, Cancellation);
        DicomDataset dataset = (await DicomFile.OpenAsync(picture.Path)).Dataset;
        Assert.Equal(9003, dataset.GetSingleValue<int>(DicomTag.SeriesNumber));
        Assert.Contains("registered planning series (MR)", dataset.GetString(DicomTag.DerivationDescription), StringComparison.Ordinal);
        Assert.True(dataset.GetSingleValue<ushort>(DicomTag.Columns) > 200);
    }

    [Fact]
    public async Task A_registration_below_its_limits_carries_nothing_over()
    {
        StudyResult result = await RunAsync(new PlanningStudy(), new RegistrationSettings { MinimumInformation = 1.9 });

        Assert.Equal((StudyOutcome.CannotAnswer, CannotAnswerReason.RegistrationRefused), (result.Outcome, result.Reason?.Kind));
        Assert.Contains("below 1.900", result.Reason!.Text, StringComparison.Ordinal);
        Assert.Empty(result.Lesions);
        Assert.Equal(ResultKind.SR, Assert.Single(result.Results).Kind);
        Assert.Contains("Registration not reliable", await DicomValidators.DsrdumpAsync(result.Results[0].Path, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Planning_images_of_another_patient_are_not_registered()
    {
        StudyResult result = await RunAsync(new PlanningStudy { PlanningPatientId = "OTHER" });

        Assert.Equal(CannotAnswerReason.PatientMismatch, result.Reason?.Kind);
        Assert.Empty(result.Lesions);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_registration_nothing_is_carried_over(bool withPlanning, bool registerHere)
    {
        StudyResult result = await RunAsync(
            new PlanningStudy { WithPlanning = withPlanning, WithRegistration = !withPlanning },
            new RegistrationSettings { UseReceived = false, RegisterHere = registerHere });

        Assert.Equal((StudyOutcome.CannotAnswer, CannotAnswerReason.OtherFrameOfReference), (result.Outcome, result.Reason?.Kind));
    }

    private async Task<StudyResult> RunAsync(PlanningStudy study, RegistrationSettings? settings = null, ReportingOptions? reporting = null)
    {
        StudyInput input = await study.WriteAsync(_folder["in"], Cancellation);
        return await new StudyPipeline(
            new SizeModel(), new MatchingOptions { Registration = settings ?? new() }, new(),
            reporting ?? new ReportingOptions { OverlaySlices = 1, OverlayPanelSize = 128 }, _time, NullLogger<StudyPipeline>.Instance).RunAsync(input, _folder["work"], null, Cancellation);
    }

    private async Task RequireMasksAsync(double dice)
    {
        for (int n = 0; n < PlanningStudy.Truth.Count; n++)
        {
            byte[] truth = PlanningStudy.Truth[n].Voxels;
            byte[] mask = (await NiftiFile.ReadMaskAsync(_folder["work", $"lesion-{n + 1}.nii.gz"], Cancellation)).Voxels;
            double both = mask.Zip(truth, (a, b) => a & b).Sum();
            double found = 2 * both / (mask.Sum(v => (double)v) + truth.Sum(v => (double)v));
            Assert.True(found > dice, $"lesion {n + 1}: Dice {found:0.000}");
        }
    }
}
