using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>The tables of the state store, which every start brings up to date.</summary>
internal static class Schema
{
    /// <summary>Applies the migrations that are missing.</summary>
    /// <exception cref="InvalidDataException">The tables are those of a newer version of the program.</exception>
    public static async Task UpdateAsync(NodeDbContext db, ILogger logger, CancellationToken cancellationToken)
    {
        await DemandKnownAsync(db, cancellationToken);
        string[] pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Length == 0)
            return;
        await db.Database.MigrateAsync(cancellationToken);
        StateLog.Migrated(logger, pending.Length, pending[^1]);
    }

    /// <summary>Refuses tables of a newer version.</summary>
    /// <exception cref="InvalidDataException">They are.</exception>
    public static async Task DemandKnownAsync(NodeDbContext db, CancellationToken cancellationToken)
    {
        HashSet<string> known = [.. db.Database.GetMigrations()];
        string? unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).FirstOrDefault(m => !known.Contains(m));
        if (unknown is not null)
            throw new InvalidDataException(
                $"The state store was written by a newer version of the program (migration {unknown}); start that version.");
    }
}
