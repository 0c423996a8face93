using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.State;

public class SqliteDatabaseTests
{
    [Fact]
    public async Task The_database_syncs_fully_and_writes_ahead()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(folder);

        (string journal, long synchronous) = await store.Store.WriteAsync(transaction => (
            transaction.Db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").Single(),
            transaction.Db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").Single()));

        Assert.Equal("wal", journal);
        Assert.Equal(2, synchronous);
    }

    [Fact]
    public async Task History_is_not_synced_and_the_next_transition_is_again()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(folder);
        long history = 0;
        static long Synchronous(StateTransaction transaction) =>
            transaction.Db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").Single();

        await store.Store.WriteUnsyncedAsync(transaction => history = Synchronous(transaction));
        long transition = await store.Store.WriteAsync(Synchronous);

        Assert.Equal((1, 2), (history, transition));
    }

    [Fact]
    public void A_second_node_cannot_use_the_same_data_directory()
    {
        using NodeFolder folder = new();
        using DataDirectoryLock first = DataDirectoryLock.Take(folder.Folders);

        IOException refused = Assert.Throws<IOException>(() => DataDirectoryLock.Take(folder.Folders));

        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }
}
