using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The state store as those see it who change nothing, beside a running node or without one.</summary>
internal static class ReadOnlyState
{
    /// <summary>Opens it; the caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is of another version of the program, or no state store.</exception>
    public static async Task<NodeDbContext> OpenAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new FileNotFoundException($"{file}: no state store of a node is there.", file);
        string connection = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        NodeDbContext db = new(new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(connection).Options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        try
        {
            string[] known = [.. db.Database.GetMigrations()];
            string[] applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
            if (!applied.SequenceEqual(known, StringComparer.Ordinal))
                throw new InvalidDataException(applied.Length < known.Length
                    ? $"{file}: of an older version of the program; start the node with this one first."
                    : $"{file}: of a newer version of the program.");
            return db;
        }
        catch (SqliteException e)
        {
            await db.DisposeAsync();
            throw new InvalidDataException($"{file}: cannot be read as a state store: {e.Message}", e);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
