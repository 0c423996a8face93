using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Support;

/// <summary>Waits for an instance log.</summary>
internal static class InstanceLogWaits
{
    /// <summary>Waits until the log is empty.</summary>
    public static async Task SettledAsync(this InstanceLog log)
    {
        while (log.AreAny)
        {
            TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            log.Settled += Ring;
            if (log.AreAny)
                await settled.Task.WaitAsync(TestContext.Current.CancellationToken);
            log.Settled -= Ring;

            void Ring() => settled.TrySetResult();
        }
    }
}
