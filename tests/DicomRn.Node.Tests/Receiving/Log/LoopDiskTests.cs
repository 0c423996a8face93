using System.Collections.Concurrent;
using System.Security.Cryptography;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving.Log;

/// <summary>The node on a real file system that loses its power, or its space.</summary>
public class LoopDiskTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task What_was_acknowledged_outlives_a_power_cut_under_load(int acknowledgedBefore)
    {
        using LoopDisk disk = LoopDisk.Create(192);
        ConcurrentDictionary<string, int> acknowledged = new(StringComparer.Ordinal);
        using NodeFolder folder = new(disk.Path);
        await using (ReceivingNode node = await StartAsync(folder))
        {
            TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task[] senders = [.. Enumerable.Range(0, 4).Select(sender => SendUntilItFailsAsync(node, sender, sop =>
            {
                acknowledged[sop] = 0;
                if (acknowledged.Count >= acknowledgedBefore)
                    enough.TrySetResult();
            }))];
            await enough.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
            disk.CutPower();
            await Task.WhenAll(senders).WaitAsync(Limit, TestContext.Current.CancellationToken);
        }

        disk.Restart();
        await using ReceivingNode again = await StartAsync(folder);
        await again.SettledAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await AssertStoredAsync(again, folder, acknowledged.Keys);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_full_disk_refuses_instances_and_loses_none_and_is_used_again_when_there_is_space()
    {
        using LoopDisk disk = LoopDisk.Create(64);
        using NodeFolder folder = new(disk.Path);
        string ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[8 << 20], TestContext.Current.CancellationToken);
        await using ReceivingNode node = await StartAsync(folder);
        List<string> acknowledged = [];
        DicomStatus status = DicomStatus.Success;
        for (int i = 0; status == DicomStatus.Success && i < 500; i++)
        {
            string sop = $"1.2.826.0.1.3680043.2.1.7.1.{i + 1}";
            status = await node.SendAsync(Instances.Mr(sop, pixelBytes: 200_000));
            if (status == DicomStatus.Success)
                acknowledged.Add(sop);
        }

        Assert.Equal(0xA700, status.Code);
        File.Delete(ballast);

        await node.SettledAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(DicomStatus.Success, await node.SendAsync(Instances.Mr("1.2.826.0.1.3680043.2.1.7.2.1", pixelBytes: 200_000)));
        await node.SettledAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await AssertStoredAsync(node, folder, acknowledged);
    }

    private static Task<ReceivingNode> StartAsync(NodeFolder folder) =>
        ReceivingNode.StartAsync(folder, options: new ReceivingOptions { DiskReserve = { Percent = 0, Bytes = 0 } });

    private static async Task SendUntilItFailsAsync(ReceivingNode node, int sender, Action<string> acknowledged)
    {
        for (int i = 1; i < 400; i++)
        {
            string sop = $"1.2.826.0.1.3680043.2.1.7.{sender + 1}.{i}";
            try
            {
                if (await node.SendAsync(Instances.Mr(sop, comment: sop, pixelBytes: 40_000)) != DicomStatus.Success)
                    return;
            }
            catch (Exception e) when (e is DicomNetworkException or InvalidOperationException)
            {
                return;
            }

            acknowledged(sop);
        }
    }

    private static async Task AssertStoredAsync(ReceivingNode node, NodeFolder folder, IEnumerable<string> sopInstanceUids)
    {
        foreach (string sop in sopInstanceUids)
        {
            InstanceRecord? record = await node.Store.Store.FindInstanceAsync(sop);
            Assert.True(record is not null, $"{sop} was acknowledged and has no record.");
            byte[] bytes = await File.ReadAllBytesAsync(folder.Folders.Absolute(record.Path), TestContext.Current.CancellationToken);
            Assert.Equal(record.Size, bytes.Length);
            Assert.Equal(record.DataSetHash, SHA256.HashData(bytes.AsSpan(record.DataSetOffset)));
        }
    }
}
