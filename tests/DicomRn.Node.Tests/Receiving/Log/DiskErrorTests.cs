using System.Security.Cryptography;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving.Log;

/// <summary>
/// The disk fails while an instance is written to the log, while the log is synced and while instances settle: the sender is told
/// (PS3.4 B.2.3: A700 where space is missing, else PS3.7 C.5.13: 0110), nothing that was acknowledged is lost, and the node goes on when
/// the disk does.
/// </summary>
public sealed class DiskErrorTests : IDisposable
{
    private const int OutOfResources = 0xA700;
    private const int ProcessingFailure = 0x0110;
    private const int PixelBytes = 20_000;

    private readonly NodeFolder _folder = new();
    private readonly SimulatedDisk _disk = new(new Random(1));

    /// <summary>EIO and ENOSPC, and the status that a sender gets for each.</summary>
    public static TheoryData<int, int> Errors => new() { { 5, ProcessingFailure }, { 28, OutOfResources } };

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Write_to_the_log_that_fails_is_told_and_the_next_instance_goes_elsewhere(int error, int status)
    {
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder, disk: _disk);
        Assert.Equal(0, await SendAsync(node, 1));
        _disk.WriteFailure = new IOException("The device does not answer.", error);

        Assert.Equal(status, await SendAsync(node, 2));

        _disk.WriteFailure = null;
        Assert.Equal(0, await SendAsync(node, 3));
        await AssertStoredAsync(node, 1, 3);
    }

    [Fact]
    public async Task Sync_of_the_log_that_fails_is_told_to_all_who_waited_for_it()
    {
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder, disk: _disk);
        Assert.Equal(0, await SendAsync(node, 1));
        await node.SettledAsync();
        _disk.FailsSyncs = true;

        int[] statuses = await Task.WhenAll(SendAsync(node, 2), SendAsync(node, 3), SendAsync(node, 4));

        Assert.All(statuses, status => Assert.Equal(ProcessingFailure, status));
        _disk.FailsSyncs = false;
        // Sent again, as a modality does.
        statuses = await Task.WhenAll(SendAsync(node, 2), SendAsync(node, 3), SendAsync(node, 4));
        Assert.All(statuses, status => Assert.Equal(0, status));
        await AssertStoredAsync(node, 1, 2, 3, 4);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task While_settling_fails_the_log_takes_what_it_can_and_then_the_sender_is_told(int error, int status)
    {
        FailingSettlement failing = null!;
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder, disk: _disk, settle: settlement => failing = new(settlement));
        Assert.Equal(0, await SendAsync(node, 1));
        await node.SettledAsync();
        failing.Failure = new IOException("The device does not answer.", error);

        List<int> acknowledged = [1];
        int answer = 0;
        for (int i = 2; i < 1000 && answer == 0; i++)
        {
            answer = await SendAsync(node, i);
            if (answer == 0)
                acknowledged.Add(i);
        }

        Assert.Equal(status, answer);
        Assert.InRange(acknowledged.Count, 50, 200);
        Assert.Equal("The device does not answer.", node.Log.SettlingFailure?.Message);
        Assert.True(node.Log.Count > 0);
        failing.Failure = null;
        await node.SettledAsync();
        Assert.Null(node.Log.SettlingFailure);
        Assert.Equal(0, await SendAsync(node, 2000));
        await AssertStoredAsync(node, [.. acknowledged, 2000]);
    }

    [Fact]
    public async Task What_could_not_be_settled_before_the_end_is_settled_by_the_next_start()
    {
        FailingSettlement failing = null!;
        await using (ReceivingNode node = await ReceivingNode.StartAsync(_folder, disk: _disk, settle: settlement => failing = new(settlement)))
        {
            failing.Failure = new IOException("Input/output error", 5);
            for (int i = 1; i <= 5; i++)
                Assert.Equal(0, await SendAsync(node, i));
        }

        await using ReceivingNode again = await ReceivingNode.StartAsync(_folder, disk: _disk);
        await AssertStoredAsync(again, 1, 2, 3, 4, 5);
    }

    private static string SopOf(int number) => $"{Instances.Study}.1.{number}";

    private static async Task<int> SendAsync(ReceivingNode node, int number) =>
        (await node.SendAsync(Instances.Mr(SopOf(number), comment: $"{number}", pixelBytes: PixelBytes))).Code;

    private async Task AssertStoredAsync(ReceivingNode node, params int[] numbers)
    {
        await node.SettledAsync();
        foreach (int number in numbers)
        {
            InstanceRecord? record = await node.Store.Store.FindInstanceAsync(SopOf(number));
            Assert.True(record is not null, $"{number} was acknowledged and is lost.");
            byte[] bytes = await File.ReadAllBytesAsync(_folder.Folders.Absolute(record.Path), TestContext.Current.CancellationToken);
            Assert.Equal(record.DataSetHash, SHA256.HashData(bytes.AsSpan(record.DataSetOffset)));
        }

        Assert.Equal(
            numbers.Length, Directory.EnumerateFiles(_folder.Folders.Instances, "*", SearchOption.AllDirectories).Count());
    }

    /// <summary>A settlement that fails in the middle of its work: half of the instances have their place and their record then.</summary>
    private sealed class FailingSettlement(ISettlement settlement) : ISettlement
    {
        public Exception? Failure { get; set; }

        public async Task SettleAsync(string inbox, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
        {
            Exception? failure = Failure;
            await settlement.SettleAsync(inbox, failure is null ? records : [.. records.Take(records.Count / 2)], cancellationToken);
            if (failure is not null)
                throw failure;
        }
    }
}
