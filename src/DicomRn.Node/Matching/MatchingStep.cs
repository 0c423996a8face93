using System.Globalization;
using DicomRn.Imaging.Series;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.Node.State;
using DicomRn.Node.Tracking;

namespace DicomRn.Node.Matching;

/// <summary>Finds the T1CE series of a study and the lesions on its grid.</summary>
internal sealed class MatchingStep(MatchingOptions options)
{
    /// <summary>The record, read where it is valid, else made.</summary>
    /// <param name="input">The study.</param>
    /// <param name="workFolder">Work folder of the study.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">A file belongs to another study, or a declared series is not there.</exception>
    public async Task<MatchingRecord> RunAsync(StudyInput input, string workFolder, CancellationToken cancellationToken)
    {
        string key = StepKey.Of(
            ["matching with clinical data", ProcessingDevice.Revision, input.StudyInstanceUid, input.AssumeT1ceSeriesUid ?? "", DurableRecord.Text(options),
                .. input.Files.Order(StringComparer.Ordinal).Select(StepKey.File),
                .. input.Fetched.Files.Order(StringComparer.Ordinal).Select(StepKey.File), .. input.Fetched.Notes]);
        string path = Path.Combine(workFolder, MatchingRecord.FileName);
        if (await DurableRecord.ReadAsync<MatchingRecord>(path, cancellationToken) is { } done && done.Key == key
            && done.Lesions.SelectMany(l => new[] { l.MaskFile, l.Refinement?.PlanningMaskFile }).All(f => f is null || File.Exists(Path.Combine(workFolder, f))))
            return done;

        MatchingRecord record = await MatchAsync(input, key, workFolder, cancellationToken);
        KillPoints.Reach(KillPoint.MatchingMasksWritten);
        await DurableRecord.WriteAsync(path, record, cancellationToken);
        KillPoints.Reach(KillPoint.MatchingRecorded);
        return record;
    }

    private async Task<MatchingRecord> MatchAsync(StudyInput input, string key, string workFolder, CancellationToken cancellationToken)
    {
        StudyFiles files = await StudyFiles.ReadAsync(input, cancellationToken);
        MatchingRecord empty = new()
        {
            Key = key,
            StudyInstanceUid = input.StudyInstanceUid,
            Outcome = StudyOutcome.CannotAnswer,
            Notes = [.. files.Unreadable.Select(u => $"A file could not be read and was left out: {u}"), .. input.Fetched.Notes],
            Fetched = input.Fetched.Files.Count + input.Fetched.Notes.Count == 0 ? null : new MatchedFetch(
                [.. files.Fetched.Concat(files.EarlierResults).Select(f => f.SopInstanceUid).Order(StringComparer.Ordinal)], input.Fetched.Notes),
        };
        if (files.MrSeries.Count == 0)
        {
            return empty with
            {
                Outcome = StudyOutcome.NothingToDo,
                Reasons = [files.Count == 0 && files.OwnResults > 0
                    ? ReasonCodes.Reason(CannotAnswerReason.OnlyOwnResults, $"The study holds only {files.OwnResults} results of this program.")
                    : ReasonCodes.Reason(CannotAnswerReason.NoMrImages, $"None of the {files.Count} instances is an MR image.")],
            };
        }

        ReadContours contours = ReadContours.Of(files);
        SeriesAttributes[] attributes = [.. files.MrSeries.Select(s => SeriesAttributesReader.Read([.. s]))];
        HashSet<string> contoured = [.. contours.Sources.SelectMany(s => s.ReferencedSeries)];
        IReadOnlyList<SeriesRating> ratings = await new SeriesImageEvidence(options.Series).AddAsync(
            new T1ceScore(options.Series).Rate(attributes, contoured), files, cancellationToken);
        SeriesChoice choice = new T1ceSelection(options.Series).Choose(ratings, input.AssumeT1ceSeriesUid);
        SeriesRating shown = choice.Chosen ?? ratings.MaxBy(r => r.Score)!;
        MatchingRecord rated = empty with
        {
            Reasons = choice.Reasons,
            Notes = [.. empty.Notes, .. choice.Notes, .. Explain(choice, ratings)],
            Series = Describe(shown, choice, files),
            Candidates = [.. ratings.OrderByDescending(r => r.Score).Select(Candidate)],
        };
        return choice.Chosen is null ? rated : await LayAsync(rated, files, contours, workFolder, cancellationToken);
    }

    private async Task<MatchingRecord> LayAsync(
        MatchingRecord record, StudyFiles files, ReadContours contours, string workFolder, CancellationToken cancellationToken)
    {
        record = record with { Notes = [.. record.Notes, .. contours.Notes] };
        if (PatientMismatch(files, record.Series!.SeriesInstanceUid) is { } mismatch)
            return record with { Reasons = [mismatch] };

        SeriesVolume series;
        try
        {
            MatchedVolume volume = new(record.Series.Files, options.Series.Stack);
            series = await volume.ReadAsync(cancellationToken);
            record = record with { Series = record.Series with { Stack = volume.Stack } };
        }
        catch (Exception e) when (e is SeriesGeometryException or DicomException)
        {
            return record with { Reasons = [ReasonCodes.Reason(CannotAnswerReason.SeriesUnusable, $"The contrast-enhanced T1 series is no usable volume: {e.Message}")] };
        }

        record = record with { Wanted = Lacking(series, []) };
        if (files.Contours.Count == 0)
            return record with { Reasons = [ReasonCodes.Reason(CannotAnswerReason.ContoursMissing, "The study holds neither an RT Structure Set nor a Segmentation of the lesions.")] };
        if (contours.Sources.Count == 0)
            return record with { Reasons = [ReasonCodes.Reason(CannotAnswerReason.ContoursUnusable, $"None of the {files.Contours.Count} structure sets and segmentations can be read.")] };

        LesionMatch match = await new LesionMatching(options).RunAsync(series, contours.Sources, files, workFolder, cancellationToken);
        MatchingRecord matched = record with
        {
            Wanted = match.Reason switch
            {
                null or { Kind: CannotAnswerReason.PatientMismatch } => null,
                _ => Lacking(series, contours.Sources),
            },
            Outcome = match.Reason is null ? StudyOutcome.Answered : StudyOutcome.CannotAnswer,
            Reasons = match.Reason is { } reason ? [reason] : [],
            Notes = [.. record.Notes, .. series.Notes, .. Provenance(series, match.Source, record.StudyInstanceUid), .. match.Notes],
            Lesions = WithClinicalData(match, series, files),
            Registration = match.Registration,
            ContourDecisions = match.Decisions,
            Contours = match.Source?.File is { } file
                ? new MatchedContours(file.SopClassUid, file.SopInstanceUid, file.SeriesInstanceUid)
                {
                    StudyInstanceUid = file.StudyInstanceUid == record.StudyInstanceUid ? null : file.StudyInstanceUid,
                }
                : null,
        };
        return await new LesionTracking(options.Tracking, options.Registration).ApplyAsync(matched, series, files, workFolder, cancellationToken);
    }

    private static IReadOnlyList<MatchedLesion> WithClinicalData(LesionMatch match, SeriesVolume series, StudyFiles files)
    {
        if (match.Source is null)
            return match.Lesions;
        KnownClinicalData known = new(series.FirstDataset, files.Plans, match.Source.File);
        return [.. match.Lesions.Select(l => l with { Clinical = known.Of(l) })];
    }

    private static WantedObjects Lacking(SeriesVolume series, IReadOnlyList<ContourSource> sources)
    {
        string here = series.Series.FrameOfReferenceUid;
        ContourSource[] elsewhere = [.. sources.Where(s => s.Rois.Any(r => r.FrameOfReferenceUid.Length > 0 && r.FrameOfReferenceUid != here))];
        return new WantedObjects
        {
            FrameOfReferenceUid = here,
            Contours = true,
            Plans = true,
            Frames = [.. elsewhere.SelectMany(s => s.Rois).Select(r => r.FrameOfReferenceUid).Where(f => f.Length > 0 && f != here).Distinct()],
            DrawnOn = [.. elsewhere.SelectMany(s => s.ReferencedSeries).Distinct()],
        };
    }

    /// <summary>What a reader should know of where the contours come from.</summary>
    private static IEnumerable<string> Provenance(SeriesVolume series, ContourSource? contours, string study)
    {
        if (contours is null)
            yield break;
        DicomDataset dataset = contours.File.Dataset;
        if (contours.File.StudyInstanceUid != study)
        {
            string date = dataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
            yield return $"The contours are of another study of the patient, {contours.File.StudyInstanceUid}{(date.Length > 0 ? $" of {date}" : "")}.";
        }

        if (PatientIdentity.Of(series.FirstDataset).NotCompared(PatientIdentity.Of(dataset)) is { Count: > 0 } attributes)
            yield return $"Images and contours could not be compared by {string.Join(" and ", attributes)}, which only one of them names.";
    }

    private static StudyReason? PatientMismatch(StudyFiles files, string seriesUid)
    {
        StudyFile[] images = [.. files.MrSeries.First(s => s.Key == seriesUid)];
        PatientIdentity patient = PatientIdentity.Of(images[0].Dataset);
        foreach (StudyFile other in images.Skip(1).Concat(files.Contours))
        {
            if (patient.Contradictions(PatientIdentity.Of(other.Dataset)) is { Count: > 0 } contradictions)
            {
                string what = files.Contours.Contains(other) ? "the contours" : "images of the same series";
                return ReasonCodes.Reason(
                    CannotAnswerReason.PatientMismatch, $"The images and {what} contradict each other in {string.Join(" and ", contradictions)}.");
            }
        }

        return null;
    }

    private static MatchedSeries Describe(SeriesRating rating, SeriesChoice choice, StudyFiles files) => new(
        rating.Series.SeriesInstanceUid,
        rating.Series.SeriesNumber,
        rating.Series.Description,
        rating.Series.FrameOfReferenceUid,
        rating.Score,
        choice.Chosen is not null,
        choice.Assumed,
        [.. files.MrSeries.First(s => s.Key == rating.Series.SeriesInstanceUid).Select(f => f.Path).Order(StringComparer.Ordinal)]);

    private static CandidateRecord Candidate(SeriesRating rating) => new(
        rating.Series.SeriesInstanceUid, rating.Series.SeriesNumber, rating.Series.Description, rating.Series.ImageCount, rating.Score,
        rating.Rejected, rating.Evidence);

    private static IEnumerable<string> Explain(SeriesChoice choice, IReadOnlyList<SeriesRating> ratings)
    {
        if (choice.Chosen is not { } chosen || choice.Assumed)
            yield break;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Series {chosen.Series.SeriesNumber} was taken as contrast-enhanced T1 series with {chosen.Score:0.#} points: {string.Join("; ", chosen.Evidence.Select(e => e.Observation))}.");
        SeriesRating[] others = [.. ratings.Where(r => r != chosen).OrderByDescending(r => r.Score)];
        if (others.Length > 0)
        {
            yield return $"Other MR series: {string.Join(", ", others.Select(r => string.Create(
                CultureInfo.InvariantCulture, $"{r.Series.SeriesNumber} ({(r.Rejected ? "excluded" : $"{r.Score:0.#} points")})")))}.";
        }
    }
}
