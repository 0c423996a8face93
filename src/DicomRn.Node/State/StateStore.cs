using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>
/// The durable state: one SQLite file in WAL mode with full sync. A single thread writes, so that no writer ever waits
/// for a lock, and so that the instances of several associations share one commit. Reads run beside it.
/// </summary>
internal sealed class StateStore : IAsyncDisposable
{
    private readonly BlockingCollection<StateWork> _queue = new(boundedCapacity: 4096);
    private readonly DbContextOptions<NodeDbContext> _readOptions;
    private readonly StateWriter _writer;
    private readonly InstanceLookup _lookup;
    private readonly Task _writing;

    private StateStore(string connectionString, StateWriter writer)
    {
        _readOptions = new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(connectionString).Options;
        _writer = writer;
        _lookup = new InstanceLookup(connectionString);
        _writing = Task.Factory.StartNew(
            () => _writer.Run(_queue), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Opens or creates the database and brings its tables up to date.</summary>
    /// <param name="file">Path of the database file; its folder is created if absent.</param>
    /// <param name="feed">Told of every change of a study.</param>
    /// <param name="timeProvider">The clock of all transitions.</param>
    /// <param name="logger">Told of the migrations applied.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SqliteException">The file is no database, or of a newer version.</exception>
    public static async Task<StateStore> OpenAsync(
        string file, StudyFeed feed, TimeProvider timeProvider, ILogger<StateStore> logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        string connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        SqliteConnection connection = new(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            using (SqliteCommand pragma = connection.CreateCommand())
            {
                pragma.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint={WriteAheadLog.PagesPerCheckpoint};";
                await pragma.ExecuteNonQueryAsync(cancellationToken);
            }

            DbContextOptions<NodeDbContext> options =
                new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(connection).Options;
            await using (NodeDbContext db = new(options))
            {
                string[] pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
                await db.Database.MigrateAsync(cancellationToken);
                if (pending.Length > 0)
                    StateLog.Migrated(logger, pending.Length, pending[^1]);
            }

            await WriteAheadLog.AllocateAsync(file, cancellationToken);
            return new StateStore(connectionString, new StateWriter(connection, options, feed, timeProvider));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a transition: one transaction with everything it changes.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> WriteAsync<T>(Func<StateTransaction, T> work)
    {
        Transition<T> transition = new(work);
        Enqueue(transition);
        return transition.Done;
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{StateTransaction, T})"/>
    public Task WriteAsync(Action<StateTransaction> work) => WriteAsync(transaction =>
    {
        work(transaction);
        return true;
    });

    /// <summary>
    /// Writes what may be lost: history. The commit is not synced, so that it takes no time from those who wait for the disk; it
    /// outlives the program, and a power cut may take it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task WriteUnsyncedAsync(Action<StateTransaction> work)
    {
        Transition<bool> transition = new(
            t =>
            {
                work(t);
                return true;
            },
            isSynced: false);
        Enqueue(transition);
        return transition.Done;
    }

    /// <summary>Records an instance and re-arms its study's timer. Returns when that is committed, durably.</summary>
    public Task<ReceiptOutcome> RecordInstanceAsync(InstanceReceipt receipt)
    {
        Receipt work = new(receipt);
        Enqueue(work);
        return work.Done;
    }

    /// <summary>The record of an instance; null for none.</summary>
    public ValueTask<InstanceRecord?> FindInstanceAsync(string sopInstanceUid) => new(_lookup.Find(sopInstanceUid));

    /// <summary>Reads from a consistent snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<NodeDbContext, Task<T>> read)
    {
        await using NodeDbContext db = new(_readOptions);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    }

    /// <summary>Finishes what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _writing;
        _lookup.Dispose();
        await _writer.DisposeAsync();
        _queue.Dispose();
    }

    private void Enqueue(StateWork work)
    {
        if (_writing.IsCompleted)
            throw new ObjectDisposedException(nameof(StateStore), _writing.Exception);
        try
        {
            _queue.Add(work);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException("The state store is closed.", e);
        }
    }
}
