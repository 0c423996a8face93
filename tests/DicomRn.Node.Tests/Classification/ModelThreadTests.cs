using DicomRn.Node.Classification;

namespace DicomRn.Node.Tests.Classification;

public sealed class ModelThreadTests : IDisposable
{
    private readonly ModelThread _thread = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _thread.Dispose();

    [Fact]
    public async Task Everything_runs_on_one_thread_whoever_asks()
    {
        int[] threads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            () => _thread.RunAsync(() => Environment.CurrentManagedThreadId, Token), Token)));

        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task What_fails_or_is_cancelled_does_not_end_the_thread()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _thread.RunAsync<int>(() => throw new InvalidDataException(), Token));
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _thread.RunAsync(() => 1, cancelled.Token));

        Assert.Equal(2, await _thread.RunAsync(() => 2, Token));
    }
}
