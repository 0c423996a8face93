using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Classification;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting.StructuredReport;
using DicomRn.Node.State;
using DicomRn.Node.Tracking;

namespace DicomRn.Node.Reporting;

/// <summary>Writes the SR and, where there are lesions, the SEG and the overlays.</summary>
internal sealed class ReportingStep(ReportingOptions options, TimeProvider time)
{
    /// <summary>How the study ended, read where the record is valid, else made.</summary>
    /// <param name="matching">What was matched; a study with MR images.</param>
    /// <param name="classification">What the model said; null where it was not asked.</param>
    /// <param name="series">The images of the series.</param>
    /// <param name="earlier">Reports of earlier revisions of the study, the latest first.</param>
    /// <param name="workFolder">Work folder of the study.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<StudyResult> RunAsync(
        MatchingRecord matching, ClassificationRecord? classification, MatchedVolume series,
        IReadOnlyList<EarlierReport> earlier, string workFolder, CancellationToken cancellationToken)
    {
        string key = StepKey.Of(
            "reporting", DurableRecord.Text(matching), classification is null ? "" : DurableRecord.Text(classification), options.ToString(),
            string.Join('|', earlier.Select(report => report.SopInstanceUid)));
        string path = Path.Combine(workFolder, ReportingRecord.FileName);
        if (await DurableRecord.ReadAsync<ReportingRecord>(path, cancellationToken) is { } done && done.Key == key
            && done.Result.Results.Select(r => r.Path).Concat(done.Result.Pictures).All(File.Exists))
            return done.Result;

        ResultFolder folder = new(Path.Combine(workFolder, "results"));
        folder.Clear();
        KillPoints.Reach(KillPoint.ReportingCleared);
        StudyResult result = classification is null
            ? await NoAnswerAsync(matching, earlier, folder)
            : await AnswerAsync(matching, classification, series, earlier, workFolder, folder, cancellationToken);
        KillPoints.Reach(KillPoint.ReportingFilesWritten);
        await DurableRecord.WriteAsync(path, new ReportingRecord { Key = key, Result = result }, cancellationToken);
        KillPoints.Reach(KillPoint.ReportingRecorded);
        return result;
    }

    private async Task<StudyResult> NoAnswerAsync(MatchingRecord matching, IReadOnlyList<EarlierReport> earlier, ResultFolder folder)
    {
        StudyReason reason = matching.Reasons[0];
        string whatToDo = ReasonCodes.WhatToDo(reason.Kind);
        List<DicomDataset> images = [];
        foreach (string file in matching.Series!.Files)
            images.Add((await DicomFile.OpenAsync(file, FileReadOption.ReadLargeOnDemand)).Dataset);
        InstanceReference[] instances = [.. images.Select(Reference)];
        ResultIdentity identity = new(matching, null, instances.Select(i => i.SopInstanceUid), options);
        MeasurementReport report = new()
        {
            Series = ReportedImages.Of(matching, images[0], instances),
            Reasons = matching.Reasons,
            Notes = ["No lesion was classified.", $"What to do: {whatToDo}", .. matching.Notes, .. Loss(LossyCompression.OfAny(images)), ReportTexts.Standing],
        };
        ResultHeader header = new(images[0], time.GetLocalNow());
        await folder.AddAsync(ResultKind.SR, "sr.dcm", new DicomFile(Document(report, identity, instances, matching, earlier).ToDataset(header)));
        return new StudyResult
        {
            StudyInstanceUid = matching.StudyInstanceUid,
            Outcome = StudyOutcome.CannotAnswer,
            Reason = reason,
            WhatToDo = whatToDo,
            Results = folder.Results,
            Notes = [.. matching.Reasons.Skip(1).Select(r => r.Text), .. matching.Notes],
        };
    }

    private async Task<StudyResult> AnswerAsync(
        MatchingRecord matching, ClassificationRecord classification, MatchedVolume matchedVolume, IReadOnlyList<EarlierReport> earlier, string workFolder,
        ResultFolder folder, CancellationToken cancellationToken)
    {
        SeriesVolume series = await matchedVolume.ReadAsync(cancellationToken);
        InstanceReference[] instances = [.. series.Series.Instances.DistinctBy(i => i.SopInstanceUid).Select(i => new InstanceReference(
            series.Series.StudyInstanceUid, series.Series.SeriesInstanceUid, i.SopClassUid, i.SopInstanceUid))];
        ResultIdentity identity = new(matching, classification, instances.Select(i => i.SopInstanceUid), options);
        ResultHeader header = new(series.FirstDataset, time.GetLocalNow());
        LesionResult[] results = [.. matching.Lesions.Select((l, n) => Result(l, classification.Lesions[n]))];
        IReadOnlyList<LesionMasks> masks = await LesionMasks.ReadAsync(matching.Lesions, series, workFolder, cancellationToken);
        string date = series.FirstDataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
        string[] notes = [.. LesionHistoryText.Lines(results, date), .. matching.Notes, .. Loss(series.Lossy), ReportTexts.Of(classification.Model), ReportTexts.Standing];
        DicomFile segmentation = SegmentationResult.Of(
            series, masks, header, identity.Instance(ResultKind.SEG), identity.Series(ResultKind.SEG), options.SeriesNumber + 1);
        MeasurementReport report = new()
        {
            Series = ReportedImages.Of(matching, series.FirstDataset, instances),
            Segmentation = Reference(segmentation.Dataset),
            Model = new ReportedModel(classification.Model.Name, classification.Model.Version, ModelParameters.Of(classification)),
            Lesions = [.. masks.Select((m, n) => new ReportedLesion
            {
                Result = results[n],
                SegmentNumber = n + 1,
                PlanningSegmentNumber = SegmentationResult.PlanningSegment(masks, n),
                Outlines = LesionOutlines.Of(m.Mask, series.Series, masks.Count == 1 ? 2 : 1),
            })],
            Notes = notes,
        };
        await folder.AddAsync(
            ResultKind.SR, "sr.dcm",
            new DicomFile(Document(report, identity, [.. instances, report.Segmentation], matching, earlier).ToDataset(header)));
        if (matching.Registration is { Planning: { } planning } registration)
        {
            SeriesVolume moving = await SeriesVolumeReader.ReadFilesAsync(planning.Files, cancellationToken);
            await folder.AddAsync(ResultKind.REG, "reg.dcm", RegistrationResultObject.Of(
                series, moving, registration, header, identity.Instance(ResultKind.REG), identity.Series(ResultKind.REG), options.SeriesNumber + 2));
            if (options.Checkerboard)
            {
                await folder.AddAsync(ResultKind.SC, "checkerboard.dcm", FusionCheckerboard.Of(
                    series, moving, registration, header, identity.Instance(ResultKind.SC, 0), identity.Series(ResultKind.SC, 0), options.SeriesNumber + 3));
            }
        }

        if (options.Segmentation)
            await folder.AddAsync(ResultKind.SEG, "seg.dcm", segmentation);
        if (options.Overlays)
        {
            for (int n = 0; n < masks.Count; n++)
            {
                await OverlayAsync(
                    new OverlayRequest(n + 1, results[n], masks[n].Mask, classification.Lesions[n], classification.Model), series, header,
                    identity, workFolder, folder, cancellationToken);
            }
        }

        return new StudyResult
        {
            StudyInstanceUid = matching.StudyInstanceUid,
            Outcome = StudyOutcome.Answered,
            Lesions = results,
            Results = folder.Results,
            Pictures = folder.Pictures,
            Notes = notes,
        };
    }

    private async Task OverlayAsync(
        OverlayRequest lesion, SeriesVolume series, ResultHeader header, ResultIdentity identity, string workFolder, ResultFolder folder,
        CancellationToken cancellationToken)
    {
        Volume<float>? attention = lesion.Classified.AttentionFile is { } file
            ? await NiftiFile.ReadImageAsync(Path.Combine(workFolder, file), cancellationToken)
            : null;
        LesionMeasures measures = LesionMeasures.Of(lesion.Mask);
        AttentionOverlay overlay = new(series.Volume, lesion.Mask, attention, lesion.Result, lesion.Model, measures, options.OverlayPanelSize);
        int part = 0;
        foreach (int slice in overlay.Slices(options.OverlaySlices))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RgbImage picture = overlay.Render(slice);
            part++;
            OverlayCapture capture = new()
            {
                SopInstanceUid = identity.Instance(ResultKind.SC, lesion.Number, part),
                SeriesInstanceUid = identity.Series(ResultKind.SC, lesion.Number),
                SeriesNumber = options.SeriesNumber + 9 + lesion.Number,
                InstanceNumber = part,
                SeriesDescription = $"{lesion.Result.TrackingId}: attention ({ReportTexts.SeriesSuffix})",
                Derivation = $"Attention of the model {lesion.Model.Name} {lesion.Model.Version} over the image. {ReportTexts.Standing}",
                Source = LesionOutlines.Image(series.Series.Instances[slice]),
                Lossy = series.Lossy,
                Columns = picture.Columns,
                Rows = picture.Rows,
                Rgb = picture.Pixels,
            };
            await folder.AddAsync(ResultKind.SC, $"overlay-{lesion.Number}-{part:00}.dcm", new DicomFile(capture.ToDataset(header)));
            if (slice == measures.LargestSlice)
                await folder.AddPictureAsync($"overlay-{lesion.Number}.png", picture.ToPng(), cancellationToken);
        }
    }

    private StructuredReportDocument Document(
        MeasurementReport report, ResultIdentity identity, IReadOnlyList<InstanceReference> evidence, MatchingRecord matching,
        IReadOnlyList<EarlierReport> earlier) => new()
        {
            SopInstanceUid = identity.Instance(ResultKind.SR),
            SeriesInstanceUid = identity.Series(ResultKind.SR),
            SeriesNumber = options.SeriesNumber,
            SeriesDescription = $"Necrosis or progression ({ReportTexts.SeriesSuffix})",
            Report = report,
            Evidence = evidence,
            OtherEvidence =
            [
                .. matching.Contours is { } contours
                    ? [new InstanceReference(contours.StudyInstanceUid ?? matching.StudyInstanceUid, contours.SeriesInstanceUid, contours.SopClassUid, contours.SopInstanceUid)]
                    : Array.Empty<InstanceReference>(),
                .. matching.Lesions.SelectMany(l => l.History).SelectMany(h => new[] { h.Report, h.Segmentation }.Select(r =>
                    new InstanceReference(h.StudyInstanceUid, r.SeriesInstanceUid, r.SopClassUid, r.SopInstanceUid))),
                .. matching.Registration?.Received.Select(r =>
                    new InstanceReference(r.StudyInstanceUid ?? matching.StudyInstanceUid, r.SeriesInstanceUid, r.SopClassUid, r.SopInstanceUid)) ?? [],
            ],
            // A repeat with the same inputs is the same report, and follows what that one follows.
            Predecessors =
            [
                .. earlier.Where(report => report.SopInstanceUid != identity.Instance(ResultKind.SR)).Take(1).Select(report => new InstanceReference(
                    matching.StudyInstanceUid, report.SeriesInstanceUid, report.SopClassUid, report.SopInstanceUid)),
            ],
        };

    private static LesionResult Result(MatchedLesion lesion, ClassifiedLesion classified) => new()
    {
        TrackingId = lesion.TrackingId,
        TrackingUid = lesion.TrackingUid,
        Label = lesion.Label,
        VolumeMm3 = lesion.VolumeMm3,
        Laterality = lesion.Laterality,
        LongAxisMm = lesion.LongAxisMm,
        ShortAxisMm = lesion.ShortAxisMm,
        Class = classified.Class,
        Probability = classified.Probability,
        Clinical = classified.Clinical ?? [],
        History = lesion.History,
        Remark = classified.Remark,
        Refinement = lesion.Refinement is { } refinement
            ? new LesionRefinement(refinement.Outcome == RefinementOutcome.Refined, refinement.Why, refinement.PlanningVolumeMm3)
            : null,
    };

    private static string[] Loss(LossyCompression? lossy) => ReportTexts.Of(lossy) is { } remark ? [remark] : [];

    private static InstanceReference Reference(DicomDataset d) => new(
        d.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, "")!, d.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, "")!,
        d.GetSingleValueOrDefault(DicomTag.SOPClassUID, "")!, d.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "")!);

    private sealed record OverlayRequest(int Number, LesionResult Result, Volume<byte> Mask, ClassifiedLesion Classified, ModelIdentity Model);
}
