using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Receiving;

/// <summary>The states that a kill between two durable steps can leave, and what the next start makes of them.</summary>
public class ReceptionRecoveryTests
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.7.1.1";

    [Fact]
    public async Task Killed_while_an_instance_arrives_its_temporary_file_is_removed()
    {
        using NodeFolder folder = new();
        Directory.CreateDirectory(folder.Folders.Inbox);
        await File.WriteAllTextAsync(Path.Combine(folder.Folders.Inbox, "x.part"), "half", TestContext.Current.CancellationToken);
        await using TestStore store = await TestStore.OpenAsync(folder);

        await RecoverAsync(folder, store);

        Assert.Empty(Directory.EnumerateFiles(folder.Folders.Inbox));
    }

    [Fact]
    public async Task Killed_between_file_and_record_a_whole_file_is_recorded()
    {
        using NodeFolder folder = new();
        string path = await StoreOneAsync(folder);
        await using TestStore store = await TestStore.OpenAsync(folder);
        await store.Store.ForgetInstanceAsync(Sop);

        await RecoverAsync(folder, store);

        Assert.True(File.Exists(path));
        Assert.Equal(folder.Folders.Relative(path), (await store.Store.ReadAsync(db => db.Instances.SingleAsync())).Path);
        Assert.Equal(StudyState.Assembling, (await store.StudyAsync(Instances.Study)).State);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_the_file_the_half_is_set_aside()
    {
        using NodeFolder folder = new();
        string path = await StoreOneAsync(folder);
        await ShortenAsync(path);
        await using TestStore store = await TestStore.OpenAsync(folder);
        await store.Store.ForgetInstanceAsync(Sop);

        await RecoverAsync(folder, store);

        Assert.False(File.Exists(path));
        Assert.Single(Directory.EnumerateFiles(folder.Folders.Quarantine));
        Assert.Equal(0, await store.Store.ReadAsync(db => db.Instances.CountAsync()));
    }

    [Fact]
    public async Task Power_lost_after_the_record_but_before_the_file_was_synced_the_record_is_dropped()
    {
        using NodeFolder folder = new();
        await ShortenAsync(await StoreOneAsync(folder));
        await using TestStore store = await TestStore.OpenAsync(folder);

        await RecoverAsync(folder, store);

        Assert.Equal(0, await store.Store.ReadAsync(db => db.Instances.CountAsync()));
        Assert.Equal(1, await store.Store.ReadAsync(db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task Power_lost_and_the_file_has_its_length_but_not_its_bytes_the_record_is_dropped()
    {
        using NodeFolder folder = new();
        string path = await StoreOneAsync(folder);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        await using TestStore store = await TestStore.OpenAsync(folder);

        await RecoverAsync(folder, store);

        Assert.Equal(0, await store.Store.ReadAsync(db => db.Instances.CountAsync()));
    }

    [Fact]
    public async Task Power_lost_and_the_file_is_not_there_at_all_the_record_is_dropped()
    {
        using NodeFolder folder = new();
        File.Delete(await StoreOneAsync(folder));
        await using TestStore store = await TestStore.OpenAsync(folder);

        await RecoverAsync(folder, store);

        Assert.Equal(0, await store.Store.ReadAsync(db => db.Instances.CountAsync()));
    }

    [Fact]
    public async Task What_was_acknowledged_stays_as_it_is()
    {
        using NodeFolder folder = new();
        string path = await StoreOneAsync(folder);
        await using TestStore store = await TestStore.OpenAsync(folder);

        await RecoverAsync(folder, store);

        Assert.True(File.Exists(path));
        Assert.Equal(1, (await store.StudyAsync(Instances.Study)).InstanceCount);
        Assert.False(Directory.Exists(folder.Folders.Quarantine));
    }

    private static async Task<string> StoreOneAsync(NodeFolder folder)
    {
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        Assert.Equal(DicomStatus.Success, await node.SendAsync(Instances.Mr(Sop)));
        return Directory.EnumerateFiles(folder.Folders.Instances, "*", SearchOption.AllDirectories).Single();
    }

    private static async Task ShortenAsync(string path)
    {
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..^100], TestContext.Current.CancellationToken);
    }

    private static Task RecoverAsync(NodeFolder folder, TestStore store) => new ReceptionRecovery(
        store.Store, new OwnResults(store.Store), new AssemblyOptions(), store.Clock,
        NullLogger<ReceptionRecovery>.Instance).RunAsync(folder.Folders, TestContext.Current.CancellationToken);
}
