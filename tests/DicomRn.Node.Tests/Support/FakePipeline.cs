using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Support;

/// <summary>A pipeline that does what the test says and counts its runs.</summary>
internal sealed class FakePipeline(Func<StudyInput, CancellationToken, Task<StudyResult>> run) : IStudyPipeline
{
    private int _runs;

    public int Runs => _runs;

    public Task<StudyResult> RunAsync(
        StudyInput input, string workFolder, IProgress<StudyStep>? progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        progress?.Report(StudyStep.Matching);
        return run(input, cancellationToken);
    }
}
