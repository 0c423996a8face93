using DicomRn.Node.Classification;
using DicomRn.Node.Matching;
using DicomRn.Node.Reporting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Pipeline;

/// <summary>The steps in order, each reading the record that the one before wrote.</summary>
internal sealed partial class StudyPipeline(
    ILesionModelSource models,
    MatchingOptions matchingOptions,
    ClassificationOptions classificationOptions,
    ReportingOptions reportingOptions,
    TimeProvider time,
    ILogger<StudyPipeline> logger) : IStudyPipeline
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async Task<StudyResult> RunAsync(
        StudyInput input, string workFolder, IProgress<StudyStep>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(workFolder);
        progress?.Report(StudyStep.Matching);
        MatchingRecord matching = await new MatchingStep(matchingOptions).RunAsync(input, workFolder, cancellationToken);
        if (matching.Outcome == StudyOutcome.NothingToDo)
        {
            StudyReason reason = matching.Reasons[0];
            LogNothingToDo(input.StudyInstanceUid, reason.Kind);
            return new StudyResult
            {
                StudyInstanceUid = input.StudyInstanceUid,
                Outcome = StudyOutcome.NothingToDo,
                Reason = reason,
                WhatToDo = ReasonCodes.WhatToDo(reason.Kind),
                Notes = matching.Notes,
            };
        }

        LogMatched(input.StudyInstanceUid, matching.Outcome, matching.Series!.SeriesInstanceUid, matching.Series.Score, matching.Lesions.Count);
        cancellationToken.ThrowIfCancellationRequested();
        if (input.MayFetch && ToFetch(input, matching) is { } wanted)
        {
            return new StudyResult
            {
                StudyInstanceUid = input.StudyInstanceUid,
                Outcome = matching.Outcome,
                Wanted = wanted,
                IsInterim = true,
                Notes = matching.Notes,
            };
        }

        MatchedVolume series = new(matching.Series.Files, matching.Series.Stack);
        ClassificationRecord? classification = null;
        if (matching.Outcome == StudyOutcome.Answered)
        {
            progress?.Report(StudyStep.Classification);
            classification = await new ClassificationStep(models, classificationOptions).RunAsync(matching, series, workFolder, cancellationToken);
            LogClassified(input.StudyInstanceUid, classification.Lesions.Count, classification.Model.Name, classification.Model.Version);
            cancellationToken.ThrowIfCancellationRequested();
        }

        progress?.Report(StudyStep.Reporting);
        StudyResult result = await new ReportingStep(reportingOptions, time).RunAsync(
            matching, classification, series, input.EarlierReports, workFolder, cancellationToken);
        LogReported(input.StudyInstanceUid, result.Outcome, result.Results.Count);
        return result with { Wanted = matching.Wanted };
    }

    private static WantedObjects? ToFetch(StudyInput input, MatchingRecord matching) =>
        input.WantsEarlierResults && matching.Series is { Chosen: true } series
            ? (matching.Wanted ?? new WantedObjects { FrameOfReferenceUid = series.FrameOfReferenceUid ?? "" }) with
            {
                Earlier = true,
                Plans = matching.Wanted is { Plans: true } || matching.Lesions.Any(l => l.Clinical?.MonthsSinceRadiosurgery is null),
            }
            : matching.Wanted;

    [LoggerMessage(3100, LogLevel.Information, "Study {Study}: nothing to do ({Reason}).")]
    private partial void LogNothingToDo(string study, CannotAnswerReason reason);

    [LoggerMessage(3101, LogLevel.Information, "Study {Study}: matching ended with {Outcome}; series {Series} at {Score} points, {Lesions} lesions.")]
    private partial void LogMatched(string study, StudyOutcome outcome, string series, double score, int lesions);

    [LoggerMessage(3102, LogLevel.Information, "Study {Study}: {Lesions} lesions classified by model {Model} {Version}.")]
    private partial void LogClassified(string study, int lesions, string model, string version);

    [LoggerMessage(3103, LogLevel.Information, "Study {Study}: {Outcome}, {Results} result objects written.")]
    private partial void LogReported(string study, StudyOutcome outcome, int results);
}
