using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DicomRn.Node.State;

/// <summary>
/// The durable state: an SQLite file, or a PostgreSQL database that several nodes share. A single thread writes, so that
/// the instances of several associations share one commit. Reads run beside it.
/// </summary>
internal sealed class StateStore : IAsyncDisposable
{
    private readonly BlockingCollection<StateWork> _queue = new(boundedCapacity: 4096);
    private readonly IStateDatabase _database;
    private readonly Task _writing;

    private readonly TimeProvider _timeProvider;

    private StateStore(IStateDatabase database, LeaseTerms terms, StudyFeed feed, TimeProvider timeProvider)
    {
        _database = database;
        _timeProvider = timeProvider;
        Terms = terms;
        StateWriter writer = new(database, terms, feed);
        _writing = Task.Factory.StartNew(
            () => writer.Run(_queue), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>On which terms this node takes leases.</summary>
    public LeaseTerms Terms { get; }

    /// <summary>The time by the clock of the transitions.</summary>
    public DateTimeOffset Now => _timeProvider.GetUtcNow();

    /// <summary>Whether other nodes may work on the same state.</summary>
    public bool IsShared => _database.IsShared;

    /// <summary>Opens or creates an SQLite database and brings its tables up to date.</summary>
    /// <param name="file">Path of the database file; its folder is created if absent.</param>
    /// <param name="feed">Told of every change of a study.</param>
    /// <param name="timeProvider">The clock of all transitions.</param>
    /// <param name="logger">Told of the migrations applied.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="terms">On which terms the node takes leases; null for those of a node that is alone.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file is no database.</exception>
    /// <exception cref="InvalidDataException">It is of a newer version.</exception>
    public static async Task<StateStore> OpenAsync(
        string file, StudyFeed feed, TimeProvider timeProvider, ILogger<StateStore> logger, CancellationToken cancellationToken,
        LeaseTerms? terms = null) =>
        new(await SqliteDatabase.OpenAsync(file, timeProvider, logger, cancellationToken), terms ?? LeaseTerms.Alone, feed, timeProvider);

    /// <summary>Connects to a PostgreSQL database and brings its tables up to date.</summary>
    /// <param name="connection">Where to, with the password.</param>
    /// <param name="terms">On which terms this node takes leases. The database may be away for as long as a lease lives.</param>
    /// <param name="feed">Told of every change of a study by this node.</param>
    /// <param name="timeProvider">The clock of all transitions; a <see cref="DatabaseClock"/> is set by the database's.</param>
    /// <param name="logger">Told of the migrations applied, and of a database that does not answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidDataException">Its tables are of a newer version.</exception>
    public static async Task<StateStore> OpenSharedAsync(
        NpgsqlConnectionStringBuilder connection, LeaseTerms terms, StudyFeed feed, TimeProvider timeProvider,
        ILogger<StateStore> logger, CancellationToken cancellationToken) =>
        new(await PostgresDatabase.OpenAsync(connection, timeProvider, terms.Duration, logger, cancellationToken), terms, feed, timeProvider);

    /// <summary>From now on instances are recorded only while this lease is alive.</summary>
    public void RecordUnder(Lease nodeLease)
    {
        if (_database is PostgresDatabase shared)
            shared.NodeLease = nodeLease;
    }

    /// <summary>Runs a transition: one transaction with everything it changes.</summary>
    /// <param name="work">What it does; it may be run several times, of which one counts.</param>
    /// <param name="locking">How it keeps clear of those of other nodes.</param>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> WriteAsync<T>(Func<StateTransaction, T> work, RowLocking locking = RowLocking.Whole)
    {
        Transition<T> transition = new(work, locking);
        Enqueue(transition);
        return transition.Done;
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{StateTransaction, T}, RowLocking)"/>
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
            RowLocking.Whole,
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
    public ValueTask<InstanceRecord?> FindInstanceAsync(string sopInstanceUid) => _database.FindInstanceAsync(sopInstanceUid);

    /// <summary>Reads from a consistent snapshot.</summary>
    public Task<T> ReadAsync<T>(Func<NodeDbContext, Task<T>> read) => _database.ReadAsync(read);

    /// <summary>Finishes what is queued and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _writing;
        await _database.DisposeAsync();
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
