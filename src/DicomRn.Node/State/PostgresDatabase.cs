using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DicomRn.Node.State;

/// <summary>
/// A PostgreSQL database that nodes share. Every commit but those of history is synced by the server; a transaction that another node's has
/// crossed is run again from its beginning.
/// </summary>
internal sealed class PostgresDatabase : IStateDatabase
{
    // Any number that no other program uses on the same database.
    private const long MigrationLock = 0x4449434F4D524E;

    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<PostgresNodeDbContext> _options;
    private readonly TimeProvider _timeProvider;
    private readonly DatabaseRetry _retry;

    private PostgresDatabase(NpgsqlDataSource source, TimeProvider timeProvider, DatabaseRetry retry)
    {
        _source = source;
        _options = Options(source);
        _timeProvider = timeProvider;
        _retry = retry;
    }

    public bool IsShared => true;

    /// <summary>The lease without which no instance is recorded: that of the node's folder. Null: none is demanded.</summary>
    public Lease? NodeLease
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Connects, and brings the tables up to date; of several nodes that start at once, one does.</summary>
    /// <param name="connection">Where to, with the password.</param>
    /// <param name="timeProvider">The clock; a <see cref="DatabaseClock"/> is set by the database's, any other is taken as it is.</param>
    /// <param name="outageLimit">How long a database that does not answer is tried again.</param>
    /// <param name="logger">Told of the migrations applied, and of a database that does not answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidDataException">Its tables are of a newer version.</exception>
    public static async Task<PostgresDatabase> OpenAsync(
        NpgsqlConnectionStringBuilder connection, TimeProvider timeProvider, TimeSpan outageLimit, ILogger logger,
        CancellationToken cancellationToken)
    {
        NpgsqlDataSource source = NpgsqlDataSource.Create(Bounded(connection, outageLimit / 3));
        try
        {
            await using NpgsqlConnection session = await source.OpenConnectionAsync(cancellationToken);
            await ExecuteAsync(session, $"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
            await using (PostgresNodeDbContext db = new(Options(source)))
                await Schema.UpdateAsync(db, logger, cancellationToken);
            await ExecuteAsync(session, $"SELECT pg_advisory_unlock({MigrationLock})", cancellationToken);
            return new PostgresDatabase(source, timeProvider, new DatabaseRetry(outageLimit, logger));
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            if (e is NpgsqlException)
                throw new IOException($"The database {Describe(connection)} cannot be used: {(e.InnerException ?? e).Message}", e);
            throw;
        }
    }

    /// <summary>Where it is, for people.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder connection) => $"{connection.Host}:{connection.Port}/{connection.Database}";

    /// <summary>The options of a context on a database.</summary>
    public static DbContextOptions<PostgresNodeDbContext> Options(NpgsqlDataSource source) =>
        new DbContextOptionsBuilder<PostgresNodeDbContext>()
            .UseNpgsql(source)
            .AddInterceptors(new RowLocks.PostgresClause())
            .Options;

    public Task<T> ReadAsync<T>(Func<NodeDbContext, Task<T>> read) => _retry.RunAsync(async () =>
    {
        await using PostgresNodeDbContext db = new(_options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    });

    public async ValueTask<InstanceRecord?> FindInstanceAsync(string sopInstanceUid) =>
        await ReadAsync(db => db.Instances.SingleOrDefaultAsync(i => i.SopInstanceUid == sopInstanceUid));

    // Rows are locked in one order by all nodes, so that none waits for another in a circle.
    public IReadOnlyList<StudyChanged> Record(IReadOnlyList<Receipt> receipts) =>
        _retry.Run(() => InTransaction(IsolationLevel.ReadCommitted, LeaseTerms.Alone, transaction =>
        {
            if (NodeLease is { } lease)
                transaction.Demand(lease);
            return PostgresInstanceRecorder.Record(receipts, transaction);
        }));

    public IReadOnlyList<StudyChanged> Run(ITransition transition, LeaseTerms terms)
    {
        IsolationLevel isolation =
            transition.Locking == RowLocking.Explicit ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable;
        return _retry.Run(() => InTransaction(isolation, terms, transaction =>
        {
            if (!transition.IsSynced)
                transaction.Db.Database.ExecuteSqlRaw("SET LOCAL synchronous_commit = off");
            transition.Run(transaction);
            return transaction.Changes;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        _retry.Dispose();
        await _source.DisposeAsync();
    }

    // A node that is suspended in a transaction would keep its locks, and the others waiting, until it wakes up.
    private static NpgsqlConnectionStringBuilder Bounded(NpgsqlConnectionStringBuilder connection, TimeSpan longestPause) =>
        new(connection.ConnectionString)
        {
            Options = string.Create(
                CultureInfo.InvariantCulture,
                $"{connection.Options} -c idle_in_transaction_session_timeout={(int)longestPause.TotalMilliseconds}").Trim(),
        };

    private T InTransaction<T>(IsolationLevel isolation, LeaseTerms terms, Func<StateTransaction, T> work)
    {
        using PostgresNodeDbContext db = new(_options);
        using IDbContextTransaction transaction = db.Database.BeginTransaction(isolation);
        T result = work(new StateTransaction(db, Now(db, transaction), terms));
        db.SaveChanges();
        transaction.Commit();
        return result;
    }

    private DateTimeOffset Now(PostgresNodeDbContext db, IDbContextTransaction transaction)
    {
        if (_timeProvider is not DatabaseClock clock)
            return _timeProvider.GetUtcNow();
        using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(
            Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture));
        clock.Set(now);
        return now;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
