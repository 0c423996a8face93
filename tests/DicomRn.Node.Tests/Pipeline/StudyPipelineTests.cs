using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Classification;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class StudyPipelineTests : IDisposable
{
    private static readonly ReportingOptions SmallPictures = new() { OverlaySlices = 2, OverlayPanelSize = 128 };

    private readonly TemporaryFolder _folder = new();
    private readonly SizeModel _model = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private StudyPipeline Pipeline(MatchingOptions? matching = null, ClassificationOptions? classification = null, ReportingOptions? reporting = null) => new(
        _model, matching ?? new(), classification ?? new(), reporting ?? SmallPictures, _time, NullLogger<StudyPipeline>.Instance);

    private async Task<StudyResult> RunAsync(TestStudy study, string? assume = null)
    {
        StudyInput input = await study.WriteAsync(_folder["in"], Cancellation);
        return await Pipeline().RunAsync(input with { AssumeT1ceSeriesUid = assume }, _folder["work"], null, Cancellation);
    }

    private async Task ValidateAsync(StudyResult result)
    {
        foreach (ResultFile file in result.Results.Where(f => f.Kind != ResultKind.SC).Concat(result.Results.Where(f => f.Kind == ResultKind.SC).Take(1)))
            await DicomValidators.DciodvfyAcceptsAsync(file.Path, Cancellation);
        string report = result.Results.Single(f => f.Kind == ResultKind.SR).Path;
        await DicomValidators.PixelMedAcceptsAsync(report, Cancellation);
        await DicomValidators.DsrdumpAsync(report, Cancellation);
        await DicomValidators.DcentvfyAcceptsAsync(
            [.. Directory.EnumerateFiles(_folder["in", "mr"]), .. result.Results.Select(f => f.Path)], Cancellation);
    }

    [Fact]
    public async Task Study_with_two_contoured_lesions_is_answered_and_every_object_is_valid()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult result = await Pipeline(reporting: new ReportingOptions()).RunAsync(input, _folder["work"], null, Cancellation);

        Assert.Equal(StudyOutcome.Answered, result.Outcome);
        Assert.Equal(
            [("Lesion 1", "GTV 1", LesionClass.RadiationNecrosis, (double?)0.875), ("Lesion 2", "GTV 2", LesionClass.TumourProgression, 0.125)],
            result.Lesions.Select(l => (l.TrackingId, l.Label, l.Class, l.Probability)));
        Assert.Equal(TestStudy.Masks[0].Voxels.Sum(v => (double)v) * TestStudy.Grid.VoxelVolume, result.Lesions[0].VolumeMm3, 6);
        Assert.Single(result.Results, f => f.Kind == ResultKind.SR);
        Assert.Single(result.Results, f => f.Kind == ResultKind.SEG);
        Assert.All(result.Results, f => Assert.Equal(ResultClasses.Of(f.Kind).UID, DicomFile.Open(f.Path).Dataset.GetSingleValue<string>(DicomTag.SOPClassUID)));
        Assert.Equal(2, result.Results.Where(f => f.Kind == ResultKind.SC).Select(f => f.SeriesInstanceUid).Distinct().Count());
        Assert.Equal(2, result.Pictures.Count);
        Assert.All(result.Results, f => Assert.Equal(
            TestStudy.StudyUid, DicomFile.Open(f.Path).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID)));
        Assert.DoesNotContain(result.Results, f => f.SeriesInstanceUid == TestStudy.SeriesUid);
        Assert.Contains(result.Notes, n => n.Contains("synthetic phantoms", StringComparison.Ordinal));
        await ValidateAsync(result);
    }

    [Fact]
    public async Task Single_lesion_is_valid_too()
    {
        StudyResult result = await RunAsync(new TestStudy { RoiNames = ["tumour"], InterpretedType = "" });

        Assert.Single(result.Lesions);
        await ValidateAsync(result);
    }

    [Fact]
    public async Task Masks_on_the_oblique_grid_are_the_contoured_ones_voxel_by_voxel()
    {
        await RunAsync(new TestStudy());

        for (int n = 0; n < 2; n++)
        {
            Volume<byte> mask = await NiftiFile.ReadMaskAsync(_folder["work", $"lesion-{n + 1}.nii.gz"], Cancellation);
            Assert.Equal(TestStudy.Masks[n].Voxels, mask.Voxels);
        }
    }

    [Fact]
    public async Task Lesions_of_a_segmentation_keep_their_masks_and_tracking_UIDs()
    {
        StudyResult result = await RunAsync(new TestStudy { WithContours = false, WithSegmentation = true, RoiNames = ["a", "b"] });

        Assert.Equal(
            ["1.2.826.0.1.3680043.8.498.104.10", "1.2.826.0.1.3680043.8.498.104.11"], result.Lesions.Select(l => l.TrackingUid));
        Volume<byte> mask = await NiftiFile.ReadMaskAsync(_folder["work", "lesion-2.nii.gz"], Cancellation);
        Assert.Equal(TestStudy.Masks[1].Voxels, mask.Voxels);
    }

    [Fact]
    public async Task Structure_set_and_segmentation_of_the_same_lesions_count_once()
    {
        StudyInput input = await new TestStudy { WithSegmentation = true }.WriteAsync(_folder["in"], Cancellation);

        StudyResult structures = await Pipeline().RunAsync(input, _folder["one"], null, Cancellation);
        StudyResult segments = await Pipeline(new MatchingOptions { Prefer = ContourPreference.Segmentations })
            .RunAsync(input, _folder["two"], null, Cancellation);

        Assert.Equal((2, 2), (structures.Lesions.Count, segments.Lesions.Count));
        Assert.StartsWith("2.25.", structures.Lesions[0].TrackingUid, StringComparison.Ordinal);
        Assert.StartsWith("1.2.826", segments.Lesions[0].TrackingUid, StringComparison.Ordinal);
        Assert.Contains(structures.Notes, n => n.Contains("was not used", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LesionClass.Undetermined, 0.5)]
    [InlineData(LesionClass.NotClassified, null)]
    public async Task Undetermined_and_inapplicable_are_answers(LesionClass lesionClass, double? probability)
    {
        _model.Small = new LesionPrediction { Class = lesionClass, Probability = probability, Remark = "Because." };

        StudyResult result = await RunAsync(new TestStudy());

        Assert.Equal(StudyOutcome.Answered, result.Outcome);
        Assert.Equal((lesionClass, probability, "Because."), (result.Lesions[1].Class, result.Lesions[1].Probability, result.Lesions[1].Remark));
        await ValidateAsync(result);
    }

    public static TheoryData<CannotAnswerReason> Reasons => [.. Spoiled.Keys];

    private static Dictionary<CannotAnswerReason, TestStudy> Spoiled { get; } = new()
    {
        [CannotAnswerReason.NoContrastEnhancedT1] = new TestStudy { Description = "t1_mprage_nativ", ContrastAgent = null },
        [CannotAnswerReason.NotABrain] = new TestStudy { BodyPart = "KNEE" },
        [CannotAnswerReason.ContoursMissing] = new TestStudy { WithContours = false },
        [CannotAnswerReason.NoLesionContour] = new TestStudy { RoiNames = ["Cochlea", "Brainstem"], InterpretedType = "ORGAN" },
        [CannotAnswerReason.OtherFrameOfReference] = new TestStudy { ContourFrameUid = "1.2.826.0.1.3680043.8.498.999" },
        [CannotAnswerReason.ContoursOutsideImage] = new TestStudy { ContourShift = 400 },
        [CannotAnswerReason.PatientMismatch] = new TestStudy { ContourPatientId = "OTHER" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task What_cannot_be_answered_is_reported_with_its_reason(CannotAnswerReason reason)
    {
        StudyResult result = await RunAsync(Spoiled[reason]);

        Assert.Equal(StudyOutcome.CannotAnswer, result.Outcome);
        Assert.Equal(reason, result.Reason?.Kind);
        Assert.NotEmpty(result.WhatToDo!);
        Assert.Empty(result.Lesions);
        ResultFile report = Assert.Single(result.Results);
        Assert.Equal(ResultKind.SR, report.Kind);
        Assert.Equal(0, _model.Predictions);
        await DicomValidators.DciodvfyAcceptsAsync(report.Path, Cancellation);
        string text = await DicomValidators.DsrdumpAsync(report.Path, Cancellation);
        Assert.Contains(result.Reason!.Code.Meaning, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_with_a_missing_slice_is_unusable()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        File.Delete(_folder["in", "mr", "0012.dcm"]);

        StudyResult result = await Pipeline().RunAsync(TestStudy.Input(_folder["in"]), _folder["work"], null, Cancellation);

        Assert.Equal(CannotAnswerReason.SeriesUnusable, result.Reason?.Kind);
    }

    [Fact]
    public async Task Declared_series_is_computed_and_the_report_says_who_decided()
    {
        StudyResult result = await RunAsync(Spoiled[CannotAnswerReason.NotABrain], assume: TestStudy.SeriesUid);

        Assert.Equal(StudyOutcome.Answered, result.Outcome);
        string text = await DicomValidators.DsrdumpAsync(result.Results[0].Path, Cancellation);
        Assert.Contains("declared by the user", text, StringComparison.Ordinal);
        Assert.Contains("\"assumed\": true", await File.ReadAllTextAsync(_folder["work", "matching.json"], Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_without_MR_has_nothing_to_do()
    {
        await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        Directory.Delete(_folder["in", "mr"], recursive: true);

        StudyResult result = await Pipeline().RunAsync(TestStudy.Input(_folder["in"]), _folder["work"], null, Cancellation);

        Assert.Equal((StudyOutcome.NothingToDo, CannotAnswerReason.NoMrImages), (result.Outcome, result.Reason?.Kind));
        Assert.Empty(result.Results);
    }

    [Fact]
    public async Task Own_results_that_come_back_change_nothing()
    {
        StudyResult first = await RunAsync(new TestStudy());
        foreach (ResultFile file in first.Results)
            File.Copy(file.Path, _folder["in", "back-" + Path.GetFileName(file.Path)]);

        StudyResult second = await Pipeline().RunAsync(TestStudy.Input(_folder["in"]), _folder["again"], null, Cancellation);

        Assert.Equal(first.Results.Select(f => f.SopInstanceUid), second.Results.Select(f => f.SopInstanceUid));
    }

    [Fact]
    public async Task Study_of_nothing_but_own_results_has_nothing_to_do()
    {
        StudyResult first = await RunAsync(new TestStudy());

        StudyResult second = await Pipeline().RunAsync(TestStudy.Input(_folder["work", "results"]), _folder["again"], null, Cancellation);

        Assert.Equal((StudyOutcome.NothingToDo, CannotAnswerReason.OnlyOwnResults), (second.Outcome, second.Reason?.Kind));
        Assert.NotEmpty(first.Results);
    }

    [Fact]
    public async Task Repetition_skips_the_steps_that_have_their_records()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult first = await Pipeline().RunAsync(input, _folder["work"], null, Cancellation);
        DateTime written = File.GetLastWriteTimeUtc(first.Results[0].Path);

        StudyResult second = await Pipeline().RunAsync(input, _folder["work"], null, Cancellation);

        Assert.Equal(2, _model.Predictions);
        Assert.Equal(written, File.GetLastWriteTimeUtc(second.Results[0].Path));
        Assert.Equal(first.Results, second.Results);
    }

    [Fact]
    public async Task New_run_elsewhere_and_later_gives_the_same_UIDs_and_the_same_pixels()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult first = await Pipeline().RunAsync(input, _folder["one"], null, Cancellation);
        _time.Advance(TimeSpan.FromDays(3));

        StudyResult second = await Pipeline().RunAsync(input, _folder["two"], null, Cancellation);

        Assert.Equal(first.Results.Select(f => f.SopInstanceUid), second.Results.Select(f => f.SopInstanceUid));
        Assert.Equal(first.Results.Select(f => f.SeriesInstanceUid), second.Results.Select(f => f.SeriesInstanceUid));
        foreach ((ResultFile a, ResultFile b) in first.Results.Zip(second.Results).Where(p => p.First.Kind != ResultKind.SR))
            Assert.Equal(Pixels(a), Pixels(b));

        static byte[] Pixels(ResultFile file) => DicomFile.Open(file.Path).Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data;
    }

    [Fact]
    public async Task Another_model_classifies_again_and_gives_other_UIDs()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult first = await Pipeline().RunAsync(input, _folder["work"], null, Cancellation);
        _model.Version = "2";

        StudyResult second = await Pipeline().RunAsync(input, _folder["work"], null, Cancellation);

        Assert.Equal(4, _model.Predictions);
        Assert.Empty(first.Results.Select(f => f.SopInstanceUid).Intersect(second.Results.Select(f => f.SopInstanceUid)));
        Assert.Equal(first.Lesions.Select(l => l.TrackingUid), second.Lesions.Select(l => l.TrackingUid));
    }

    [Fact]
    public async Task Another_file_in_the_study_matches_again()
    {
        StudyResult missing = await RunAsync(new TestStudy { WithContours = false });

        StudyResult complete = await RunAsync(new TestStudy());

        Assert.Equal((StudyOutcome.CannotAnswer, StudyOutcome.Answered), (missing.Outcome, complete.Outcome));
    }

    [Fact]
    public async Task Cancelled_run_keeps_finished_steps_and_is_resumed()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        CancelAt progress = new(StudyStep.Reporting, stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pipeline().RunAsync(input, _folder["work"], progress, stop.Token));
        StudyResult resumed = await Pipeline().RunAsync(input, _folder["work"], null, Cancellation);

        Assert.Equal(StudyOutcome.Answered, resumed.Outcome);
        Assert.Equal(2, _model.Predictions);
    }

    [Fact]
    public async Task File_of_another_study_is_an_error()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(
            () => Pipeline().RunAsync(input with { StudyInstanceUid = "1.2.3" }, _folder["work"], null, Cancellation));

        Assert.Contains("belongs to study", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_thresholds_replace_the_rule_of_the_pack()
    {
        StudyInput input = await new TestStudy().WriteAsync(_folder["in"], Cancellation);

        StudyResult result = await Pipeline(classification: new ClassificationOptions { NecrosisFrom = 0.95, ProgressionUpTo = 0.05 })
            .RunAsync(input, _folder["work"], null, Cancellation);

        Assert.All(result.Lesions, l => Assert.Equal(LesionClass.Undetermined, l.Class));
    }

    private sealed class CancelAt(StudyStep step, CancellationTokenSource source) : IProgress<StudyStep>
    {
        public void Report(StudyStep value)
        {
            if (value == step)
                source.Cancel();
        }
    }
}
