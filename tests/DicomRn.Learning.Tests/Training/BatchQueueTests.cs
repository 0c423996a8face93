using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Training;

public sealed class BatchQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Batches_come_in_order(int workers)
    {
        using BatchQueue<string> queue = new(5, 25, workers, n => $"batch {n}", TestContext.Current.CancellationToken);
        for (int n = 5; n < 25; n++)
            Assert.Equal($"batch {n}", queue.Take());
    }

    [Fact]
    public void A_failure_is_thrown_where_its_batch_is_taken()
    {
        using BatchQueue<string> queue = new(0, 10, 2, n => n == 3 ? throw new InvalidDataException("scan 3") : "", TestContext.Current.CancellationToken);
        for (int n = 0; n < 3; n++)
            queue.Take();
        Assert.Equal("scan 3", Assert.Throws<InvalidDataException>(queue.Take).Message);
    }

    [Fact]
    public void Disposing_ends_threads_that_are_ahead()
    {
        BatchQueue<string> queue = new(0, int.MaxValue, 2, n => "", TestContext.Current.CancellationToken);
        queue.Take();
        queue.Dispose();
    }
}
