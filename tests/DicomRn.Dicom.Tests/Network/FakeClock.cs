using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Moves a clock that others wait on.</summary>
internal static class FakeClock
{
    /// <summary>
    /// Moves the clock until something has happened, but only while the side that is to time out waits for what the test is about:
    /// however slowly it gets there, nothing else is over before.
    /// </summary>
    public static async Task AdvanceUntilAsync(this FakeTimeProvider time, TimeSpan step, Task done, Func<bool> waits)
    {
        while (!done.IsCompleted)
        {
            if (waits())
                time.Advance(step);
            await Task.WhenAny(done, Task.Run(static () => Thread.Yield(), TestContext.Current.CancellationToken));
        }

        await done;
    }
}
