using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
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
        await using ReceivingNode first = Node(stores, 0), second = Node(stores, 1);
        for (int i = 1; i <= 20; i++)
        {
            string sop = $"{Sop}.{i}";
            DicomStatus[] statuses = await Task.WhenAll(first.SendAsync(Instances.Mr(sop)), second.SendAsync(Instances.Mr(sop)));
            Assert.All(statuses, status => Assert.Equal(DicomStatus.Success, status));
        }

        List<string> paths = await stores[0].Store.ReadAsync(db => db.Instances.Select(i => i.Path).ToListAsync());
        Assert.Equal(20, paths.Count);
        Assert.Equal(paths.Select(_folder.Folders.Absolute).Order(), Files());
        Assert.Equal(20, (await stores[0].StudyAsync(Instances.Study)).InstanceCount);
    }

    [Fact]
    public async Task Other_content_under_a_UID_that_another_node_has_stored_is_set_aside_and_refused()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        await using ReceivingNode first = Node(stores, 0), second = Node(stores, 1);
        Assert.Equal(DicomStatus.Success, await first.SendAsync(Instances.Mr(Sop)));

        DicomStatus status = await second.SendAsync(Instances.Mr(Sop, comment: "other"));

        Assert.Equal(DicomStatus.DuplicateSOPInstance, status);
        Assert.Single(Files());
        Assert.Single(Directory.EnumerateFiles(_folder.Folders.Quarantine));
        Assert.Equal(1, await stores[0].Store.ReadAsync(db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task A_node_that_died_between_file_and_record_is_recovered_by_another_and_the_other_s_files_are_left_alone()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(2);
        string half;
        await using (ReceivingNode first = Node(stores, 0), second = Node(stores, 1))
        {
            Assert.Equal(DicomStatus.Success, await first.SendAsync(Instances.Mr(Sop + ".1")));
            Assert.Equal(DicomStatus.Success, await second.SendAsync(Instances.Mr(Sop + ".2")));
            half = Folders(0).InstanceFile(Instances.Study, Instances.Series, Sop + ".3");
            await File.WriteAllTextAsync(half, "still arriving at the first", TestContext.Current.CancellationToken);
            await second.Store.Store.ForgetInstanceAsync(Sop + ".2");
            Directory.CreateDirectory(Folders(1).Inbox);
            await File.WriteAllTextAsync(Path.Combine(Folders(1).Inbox, "x.part"), "half", TestContext.Current.CancellationToken);

            await Recovery(first.Store).RunAsync(Folders(1), TestContext.Current.CancellationToken);

            Assert.Equal(2, await first.Store.Store.ReadAsync(db => db.Instances.CountAsync()));
        }

        Assert.True(File.Exists(half));
        Assert.Empty(Directory.EnumerateFiles(Folders(1).Inbox));
        Assert.False(Directory.Exists(_folder.Folders.Quarantine));
    }

    private DataFolders Folders(int node) => new(_folder.Path, $"n{node + 1}");

    private ReceivingNode Node(SharedStores stores, int node) => ReceivingNode.StartShared(stores[node], Folders(node));

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder.Folders.Instances, "*", SearchOption.AllDirectories).Order();

    private static ReceptionRecovery Recovery(TestStore store) => new(
        store.Store, new OwnResults(store.Store), new AssemblyOptions(), store.Clock, NullLogger<ReceptionRecovery>.Instance);
}
