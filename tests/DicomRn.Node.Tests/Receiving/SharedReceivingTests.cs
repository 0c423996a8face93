using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Receiving;

/// <summary>Two nodes that receive into one data directory and one database.</summary>
public sealed class SharedReceivingTests : IDisposable
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.7.1.1";

    private readonly NodeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_instance_sent_to_both_at_once_is_stored_once_and_both_say_success()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        await using ReceivingNode first = await NodeAsync(stores, 0), second = await NodeAsync(stores, 1);
        for (int i = 1; i <= 20; i++)
        {
            string sop = $"{Sop}.{i}";
            DicomStatus[] statuses = await Task.WhenAll(first.SendAsync(Instances.Mr(sop)), second.SendAsync(Instances.Mr(sop)));
            Assert.All(statuses, status => Assert.Equal(DicomStatus.Success, status));
        }

        await first.SettledAsync();
        await second.SettledAsync();
        List<string> paths = await stores[0].Store.ReadAsync(db => db.Instances.Select(i => i.Path).ToListAsync());
        Assert.Equal(20, paths.Count);
        Assert.Equal(paths.Select(_folder.Folders.Absolute).Order(), Files());
        Assert.Equal(20, (await stores[0].StudyAsync(Instances.Study)).InstanceCount);
    }

    [Fact]
    public async Task Other_content_under_a_UID_that_another_node_has_stored_is_set_aside_and_refused()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        await using ReceivingNode first = await NodeAsync(stores, 0), second = await NodeAsync(stores, 1);
        Assert.Equal(DicomStatus.Success, await first.SendAsync(Instances.Mr(Sop)));
        await first.SettledAsync();

        DicomStatus status = await second.SendAsync(Instances.Mr(Sop, comment: "other"));

        Assert.Equal(DicomStatus.DuplicateSOPInstance, status);
        Assert.Single(Files());
        Assert.Single(Directory.EnumerateFiles(_folder.Folders.Quarantine));
        Assert.Equal(1, await stores[0].Store.ReadAsync(db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task Other_content_sent_to_both_at_once_is_kept_once_and_set_aside_once()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        await using ReceivingNode first = await NodeAsync(stores, 0);
        await LogAsync(Folders(1), Instances.Mr(Sop, comment: "other"));
        Assert.Equal(DicomStatus.Success, await first.SendAsync(Instances.Mr(Sop)));
        await first.SettledAsync();

        await Recovery(first.Store).RunAsync(Folders(1), TestContext.Current.CancellationToken);

        Assert.Equal(Folders(0).InstanceFile(Instances.Study, Instances.Series, Sop), Assert.Single(Files()));
        Assert.Single(Directory.EnumerateFiles(_folder.Folders.Quarantine));
        Assert.Equal(1, await stores[0].Store.ReadAsync(db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task What_a_node_that_died_had_acknowledged_is_settled_by_another_and_the_other_s_files_are_left_alone()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        await using ReceivingNode first = await NodeAsync(stores, 0);
        Assert.Equal(DicomStatus.Success, await first.SendAsync(Instances.Mr(Sop + ".1")));
        await first.SettledAsync();
        string half = Folders(0).InstanceFile(Instances.Study, Instances.Series, Sop + ".3");
        await File.WriteAllTextAsync(half, "on its way to its place at the first", TestContext.Current.CancellationToken);
        await LogAsync(Folders(1), Instances.Mr(Sop + ".2"));
        string torn = Folders(1).InstanceFile(Instances.Study, Instances.Series, Sop + ".2");
        await File.WriteAllTextAsync(torn, "half", TestContext.Current.CancellationToken);

        await Recovery(first.Store).RunAsync(Folders(1), TestContext.Current.CancellationToken);
        await Recovery(first.Store).RunAsync(Folders(1), TestContext.Current.CancellationToken);

        Assert.Equal(2, await first.Store.Store.ReadAsync(db => db.Instances.CountAsync()));
        Assert.Equal(2, (await first.Store.StudyAsync(Instances.Study)).InstanceCount);
        Assert.Equal(Sop + ".2", (await DicomFile.OpenAsync(torn)).FileMetaInfo.MediaStorageSOPInstanceUID!.UID);
        Assert.True(File.Exists(half));
        Assert.False(Directory.Exists(_folder.Folders.Quarantine));
    }

    // As a process leaves it that is killed after the acknowledgement.
    private static async Task LogAsync(DataFolders folders, DicomFile instance)
    {
        using InstanceLog log = InstanceLog.Open(folders.InstanceLog, ReceivingNode.SmallLog);
        await log.AppendAsync(instance, TestStore.Start);
    }

    private DataFolders Folders(int node) => new(_folder.Path, $"n{node + 1}");

    private Task<ReceivingNode> NodeAsync(SharedStores stores, int node) => ReceivingNode.StartSharedAsync(stores[node], Folders(node));

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder.Folders.Instances, "*", SearchOption.AllDirectories).Order();

    // The first node's.
    private ReceptionRecovery Recovery(TestStore store) => new(
        new ServiceCollection()
            .AddSingleton(store.Store)
            .AddSingleton(new OwnResults(store.Store))
            .AddSingleton<ILogger<StoreSettlement>>(NullLogger<StoreSettlement>.Instance)
            .BuildServiceProvider(),
        Folders(0), ReceivingNode.SmallLog, new AssemblyOptions(), store.Clock, NullLogger<ReceptionRecovery>.Instance);
}
