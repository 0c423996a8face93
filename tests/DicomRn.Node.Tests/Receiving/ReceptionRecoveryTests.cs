using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.Receiving;

/// <summary>What a kill or a power cut leaves of the way from the log to the store, and what the next start makes of it.</summary>
public sealed class ReceptionRecoveryTests : IDisposable
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.7.1.1";
    private static readonly DateTimeOffset ReceivedAt = new(2026, 3, 1, 7, 59, 30, TimeSpan.Zero);
    private readonly NodeFolder _folder = new();

    private string InstancePath => Path.Combine(_folder.Folders.Instances, Instances.Study, Instances.Series, Sop + ".dcm");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_and_not_settled_is_settled_at_the_next_start()
    {
        await LogOneAsync();

        await using ReceivingNode node = await StartAsync();

        InstanceRecord record = await node.Store.Store.ReadAsync(db => db.Instances.SingleAsync());
        Assert.Equal(_folder.Folders.Absolute(record.Path), InstancePath);
        Assert.Equal(record.Size, new FileInfo(InstancePath).Length);
        Assert.Equal(ReceivedAt, record.ReceivedAt);
    }

    [Fact]
    public async Task The_quiet_period_counts_from_the_reception()
    {
        await LogOneAsync();

        await using ReceivingNode node = await StartAsync();

        Assert.Equal(ReceivedAt + TimeSpan.FromSeconds(60), (await node.Store.StudyAsync(Instances.Study)).DueAt);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_the_file_it_is_written_anew()
    {
        await LogOneAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(InstancePath)!);
        await File.WriteAllTextAsync(InstancePath, "half", TestContext.Current.CancellationToken);

        await using ReceivingNode node = await StartAsync();

        Assert.Equal(Sop, (await DicomFile.OpenAsync(InstancePath)).FileMetaInfo.MediaStorageSOPInstanceUID!.UID);
        Assert.Empty(Directory.EnumerateFiles(node.Log.Inbox));
    }

    [Fact]
    public async Task Killed_between_the_record_and_the_end_of_settling_it_is_settled_again_and_nothing_counts_twice()
    {
        await LogOneAsync();
        Dictionary<string, byte[]> before = await ReadLogAsync();
        await using (await StartAsync())
        {
        }

        foreach ((string file, byte[] bytes) in before)
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using ReceivingNode again = await StartAsync();

        Assert.Equal(1, (await again.Store.StudyAsync(Instances.Study)).InstanceCount);
        Assert.Equal(1, await again.Store.Store.ReadAsync(db => db.Instances.CountAsync()));
        Assert.False(Directory.Exists(_folder.Folders.Quarantine));
    }

    [Fact]
    public async Task Killed_before_a_file_of_the_quarantine_was_recorded_it_is_recorded_once()
    {
        Directory.CreateDirectory(_folder.Folders.Quarantine);
        await Instances.Mr(Sop).SaveAsync(Path.Combine(_folder.Folders.Quarantine, $"{Sop}.1.dcm"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Folders.Quarantine, "1.2.3.half.dcm"), "half", TestContext.Current.CancellationToken);
        await using TestStore store = await TestStore.OpenAsync(_folder);

        for (int start = 0; start < 2; start++)
            await new DicomRn.Node.Receiving.QuarantineReconciliation(
                store.Store, _folder.Folders, Microsoft.Extensions.Logging.Abstractions.NullLogger<DicomRn.Node.Receiving.QuarantineReconciliation>.Instance)
                .RunAsync(TestContext.Current.CancellationToken);

        List<QuarantineRecord> records = await store.Store.ReadAsync(db => db.Quarantine.OrderBy(q => q.Path).ToListAsync());
        Assert.Equal(["1.2.3.half", Sop], records.Select(r => r.SopInstanceUid));
        Assert.Equal([null, Instances.Study], records.Select(r => r.StudyInstanceUid));
    }

    [Fact]
    public async Task What_was_deleted_since_it_was_settled_does_not_come_back()
    {
        await LogOneAsync();
        await using (ReceivingNode node = await StartAsync())
            await node.Store.Store.ForgetInstanceAsync(Sop);
        File.Delete(InstancePath);

        await using ReceivingNode again = await StartAsync();

        Assert.False(File.Exists(InstancePath));
        Assert.Equal(0, await again.Store.Store.ReadAsync(db => db.Instances.CountAsync()));
    }

    [Fact]
    public async Task The_log_of_a_process_that_ended_can_be_settled_by_another()
    {
        string log = Path.Combine(_folder.Path, "other", "log");
        await LogOneAsync(log);
        await using TestStore store = await TestStore.OpenAsync(_folder);
        using DicomRn.Node.Receiving.StoreSettlement settlement = new(
            store.Store, _folder.Folders, new DicomRn.Node.Receiving.OwnResults(store.Store), new DicomRn.Node.Assembly.AssemblyOptions(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<DicomRn.Node.Receiving.StoreSettlement>.Instance);

        Assert.Equal(1, await InstanceLogRecovery.RunAsync(
            log, ReceivingNode.SmallLog, settlement, TestContext.Current.CancellationToken));
        Assert.Equal(0, await InstanceLogRecovery.RunAsync(
            log, ReceivingNode.SmallLog, settlement, TestContext.Current.CancellationToken));

        Assert.True(File.Exists(InstancePath));
    }

    // As a process leaves it that is killed after the acknowledgement.
    private async Task LogOneAsync(string? folder = null)
    {
        using InstanceLog log = InstanceLog.Open(folder ?? _folder.Folders.InstanceLog, ReceivingNode.SmallLog);
        await log.AppendAsync(Instances.Mr(Sop), ReceivedAt);
    }

    private async Task<ReceivingNode> StartAsync()
    {
        ReceivingNode node = await ReceivingNode.StartAsync(_folder);
        await node.SettledAsync();
        return node;
    }

    private async Task<Dictionary<string, byte[]>> ReadLogAsync()
    {
        Dictionary<string, byte[]> files = [];
        foreach (string file in Directory.EnumerateFiles(_folder.Folders.InstanceLog, "*.log"))
            files[file] = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        return files;
    }
}
