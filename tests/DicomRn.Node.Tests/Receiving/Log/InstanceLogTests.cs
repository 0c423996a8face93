using DicomRn.Node.Receiving.Log;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving.Log;

public sealed class InstanceLogTests : IDisposable
{
    private static readonly InstanceLogOptions Options = new() { SegmentSize = 64 * 1024, Segments = 2, SettleDelay = TimeSpan.Zero };
    private readonly NodeFolder _folder = new();

    private string LogFolder => _folder.Folders.InstanceLog;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_and_not_settled_is_there_when_the_log_is_opened_again()
    {
        byte[] content = Bytes(5000);
        using (InstanceLog log = InstanceLog.Open(LogFolder, Options))
            await log.AppendAsync("1.1", content);

        using InstanceLog again = InstanceLog.Open(LogFolder, Options);
        LogRecord record = Assert.Single(again.Next(10, long.MaxValue));
        Assert.Equal(LoggedInstances.Of("1.1", 5000), record.Instance);
        byte[] read = new byte[5000];
        InstanceLog.Read(record, read);
        Assert.Equal(content, read);
        Assert.True(again.IsArriving(Instances.Study));
    }

    [Fact]
    public async Task What_was_settled_does_not_come_back()
    {
        using (InstanceLog log = InstanceLog.Open(LogFolder, Options))
        {
            await log.AppendAsync("1.1", Bytes(100));
            log.EndSettling(log.Next(10, long.MaxValue));
            Assert.False(log.IsArriving(Instances.Study));
        }

        using InstanceLog again = InstanceLog.Open(LogFolder, Options);
        Assert.Empty(again.Next(10, long.MaxValue));
    }

    [Fact]
    public async Task An_instance_without_its_bytes_is_refused()
    {
        using InstanceLog log = InstanceLog.Open(LogFolder, Options);

        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(LoggedInstances.Of("1.1", 100), default).AsTask());
    }

    [Fact]
    public void A_log_is_had_by_one_process_at_a_time()
    {
        using InstanceLog log = InstanceLog.Open(LogFolder, Options);

        Assert.Throws<IOException>(() => InstanceLog.Open(LogFolder, Options));
    }

    [Fact]
    public async Task A_log_of_other_settings_is_read_and_then_replaced()
    {
        using (InstanceLog log = InstanceLog.Open(LogFolder, Options))
            await log.AppendAsync("1.1", Bytes(100));
        InstanceLogOptions larger = new() { SegmentSize = 128 * 1024, Segments = 2 };

        using InstanceLog again = InstanceLog.Open(LogFolder, larger);
        again.EndSettling(again.Next(10, long.MaxValue));
        await again.AppendAsync("1.2", Bytes(100_000));

        Assert.All(
            Directory.EnumerateFiles(LogFolder, "segment-*"), file => Assert.Equal(128 * 1024, new FileInfo(file).Length));
    }

    [Fact]
    public async Task A_large_file_that_no_record_names_is_removed_and_another_stays()
    {
        string inbox;
        using (InstanceLog log = InstanceLog.Open(LogFolder, Options))
        {
            inbox = log.Inbox;
            await File.WriteAllTextAsync(Path.Combine(inbox, "named.dcm"), "x", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(inbox, "half.part"), "x", TestContext.Current.CancellationToken);
            await log.AppendAsync(LoggedInstances.Of("1.1", 1) with { LargeFile = "named.dcm" }, default);
        }

        using InstanceLog again = InstanceLog.Open(LogFolder, Options);
        Assert.Equal("named.dcm", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(inbox))));
    }

    [Fact]
    public async Task A_full_log_makes_senders_wait_and_not_fail()
    {
        using SimulatedDisk disk = new(new Random(1));
        using InstanceLog log = InstanceLog.Open(disk, "", Options);
        using CancellationTokenSource end = new();
        Task preparing = log.PrepareAsync(_ => { }, end.Token);
        for (int i = 0; i < 6; i++)
            await log.AppendAsync($"1.{i}", Bytes(20_000));

        Task waiting = log.AppendAsync("2.1", Bytes(20_000));
        Assert.False(waiting.IsCompleted);
        log.EndSettling(log.Next(3, long.MaxValue));

        await waiting;
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preparing);
    }

    [Fact]
    public async Task A_full_log_that_cannot_be_emptied_fails_those_who_wait_and_who_come()
    {
        using SimulatedDisk disk = new(new Random(1));
        using InstanceLog log = InstanceLog.Open(disk, "", new InstanceLogOptions { SegmentSize = 64 * 1024, Segments = 1 });
        for (int i = 0; i < 3; i++)
            await log.AppendAsync($"1.{i}", Bytes(20_000));
        Task waiting = log.AppendAsync("2.1", Bytes(20_000));

        log.FailSettling(new IOException("The disk is full."));

        Assert.Contains("The disk is full.", (await Assert.ThrowsAsync<IOException>(() => waiting)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync("2.2", Bytes(20_000)));
        log.EndSettling(log.Next(10, long.MaxValue));
        await log.AppendAsync("2.3", Bytes(20_000));
    }

    [Fact]
    public async Task After_a_sync_that_failed_its_file_is_not_trusted_and_another_takes_its_place()
    {
        using SimulatedDisk disk = new(new Random(1));
        MemorySettlement settlement = new();
        using (InstanceLog log = InstanceLog.Open(disk, "", Options))
        {
            await log.AppendAsync("1.1", Bytes(100));
            disk.FailsSyncs = true;
            await Assert.ThrowsAsync<IOException>(() => log.AppendAsync("1.2", Bytes(100)));
            disk.FailsSyncs = false;
            using CancellationTokenSource end = new();
            Task preparing = log.PrepareAsync(_ => { }, end.Token);
            Assert.Null(log.FindUnsettled("1.2"));

            // Syncs succeed again, but not of that file.
            await log.AppendAsync("1.3", Bytes(100));

            Assert.NotEqual(log.FindUnsettled("1.1")!.Segment.Name, log.FindUnsettled("1.3")!.Segment.Name);
            string doubtful = log.FindUnsettled("1.1")!.Segment.Name;
            IReadOnlyList<LogRecord> next = log.Next(10, long.MaxValue);
            Assert.Equal(["1.1", "1.3"], next.Select(record => record.Instance.Identity.SopInstanceUid));
            await settlement.SettleAsync("", next, TestContext.Current.CancellationToken);
            log.EndSettling(next);
            Assert.DoesNotContain(doubtful, disk.Names);
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preparing);
        }
    }

    [Fact]
    public async Task What_is_appended_while_a_sync_runs_shares_the_next_one()
    {
        using CountingDisk disk = new();
        using InstanceLog log = InstanceLog.Open(disk, "", Options);
        disk.HoldSyncs();
        Task first = Task.Run(() => log.AppendAsync("1.0", Bytes(10)), TestContext.Current.CancellationToken);
        await disk.SyncBegunAsync();
        Task[] others = [.. Enumerable.Range(1, 8).Select(i => log.AppendAsync($"1.{i}", Bytes(10)))];

        disk.ReleaseSyncs();
        await first;
        await Task.WhenAll(others);

        Assert.Equal(2, disk.Syncs);
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
