namespace DicomRn.Node.Pipeline;

/// <summary>Takes a complete study through <see cref="StudyStep">the steps</see> to its results.</summary>
public interface IStudyPipeline
{
    /// <summary>
    /// Runs the steps that have no valid record in <paramref name="workFolder"/> yet, and returns how the study ended.
    /// Repeating it with the same input gives the same result with the same UIDs.
    /// </summary>
    /// <param name="input">The study.</param>
    /// <param name="workFolder">Absolute path of the study's own folder for records and results; created if absent.</param>
    /// <param name="progress">Told when a step starts.</param>
    /// <param name="cancellationToken">Ends the run between and within steps; finished steps keep their records.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or belongs to another study.</exception>
    /// <exception cref="IOException">The work folder cannot be written.</exception>
    Task<StudyResult> RunAsync(
        StudyInput input, string workFolder, IProgress<StudyStep>? progress, CancellationToken cancellationToken);
}
