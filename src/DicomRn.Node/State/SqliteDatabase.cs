using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>One SQLite file in WAL mode with full sync, for one node: its only writer never waits for a lock.</summary>
internal sealed class SqliteDatabase : IStateDatabase
{
    private readonly SqliteConnection _connection;
    private readonly DbContextOptions<NodeDbContext> _writeOptions;
    private readonly DbContextOptions<NodeDbContext> _readOptions;
    private readonly TimeProvider _timeProvider;
    private readonly InstanceRecorder _recorder;
    private readonly InstanceLookup _lookup;
    // As it was opened.
    private bool _isFull = true;

    private SqliteDatabase(SqliteConnection connection, DbContextOptions<NodeDbContext> options, TimeProvider timeProvider)
    {
        _connection = connection;
        _writeOptions = options;
        _readOptions = new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(connection.ConnectionString).Options;
        _timeProvider = timeProvider;
        _recorder = new InstanceRecorder(connection);
        _lookup = new InstanceLookup(connection.ConnectionString);
    }

    public bool IsShared => false;

    /// <summary>Opens or creates the file and brings its tables up to date.</summary>
    /// <param name="file">Path of the database file; its folder is created if absent.</param>
    /// <param name="timeProvider">The clock of all transitions.</param>
    /// <param name="logger">Told of the migrations applied.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SqliteException">The file is no database.</exception>
    public static async Task<SqliteDatabase> OpenAsync(
        string file, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken)
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
                // EF Core locks migrations by a row, waits for it for ever, and leaves it when the program is killed. Whoever opens the file
                // has the lock of the data directory.
                pragma.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
                await pragma.ExecuteNonQueryAsync(cancellationToken);
            }

            DbContextOptions<NodeDbContext> options = new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(connection).Options;
            await using (NodeDbContext db = new(options))
                await Schema.UpdateAsync(db, logger, cancellationToken);
            await WriteAheadLog.AllocateAsync(file, cancellationToken);
            return new SqliteDatabase(connection, options, timeProvider);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<NodeDbContext, Task<T>> read)
    {
        await using NodeDbContext db = new(_readOptions);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    }

    public ValueTask<InstanceRecord?> FindInstanceAsync(string sopInstanceUid) => new(_lookup.Find(sopInstanceUid));

    public IReadOnlyList<StudyChanged> Record(IReadOnlyList<Receipt> receipts)
    {
        SetSync(isFull: true);
        return _recorder.Record(receipts, _timeProvider.GetUtcNow());
    }

    public IReadOnlyList<StudyChanged> Run(ITransition transition, LeaseTerms terms)
    {
        SetSync(transition.IsSynced);
        using NodeDbContext db = new(_writeOptions);
        using var databaseTransaction = db.Database.BeginTransaction();
        StateTransaction transaction = new(db, _timeProvider.GetUtcNow(), terms);
        transition.Run(transaction);
        db.SaveChanges();
        databaseTransaction.Commit();
        return transaction.Changes;
    }

    public async ValueTask DisposeAsync()
    {
        _lookup.Dispose();
        _recorder.Dispose();
        await _connection.DisposeAsync();
    }

    /// <summary>This pragma takes effect when it is compiled, not when it is run: a prepared statement would set it once.</summary>
    private void SetSync(bool isFull)
    {
        if (isFull == _isFull)
            return;
        using SqliteCommand pragma = _connection.CreateCommand();
        pragma.CommandText = isFull ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
        pragma.ExecuteNonQuery();
        _isFull = isFull;
    }
}
