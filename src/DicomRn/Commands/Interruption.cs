namespace DicomRn.Commands;

/// <summary>For commands that run until somebody ends them.</summary>
internal static class Interruption
{
    /// <summary>Waits for the cancellation, which is the orderly end and no error.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(ended.SetResult))
            await ended.Task;
    }
}
