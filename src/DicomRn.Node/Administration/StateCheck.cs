using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DicomRn.Node.Administration;

/// <summary>Tries the database that nodes share, without changing anything.</summary>
internal sealed class StateCheck(StateOptions options)
{
    private const string Subject = "database";

    /// <summary>Connects and looks at the tables.</summary>
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        string where = "";
        try
        {
            NpgsqlConnectionStringBuilder connection = options.ReadConnectionString();
            where = PostgresDatabase.Describe(connection);
            await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
            string version;
            await using (NpgsqlConnection opened = await source.OpenConnectionAsync(cancellationToken))
                version = opened.ServerVersion;
            await using PostgresNodeDbContext db = new(PostgresDatabase.Options(source));
            await Schema.DemandKnownAsync(db, cancellationToken);
            int pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            string tables = pending > 0
                ? "its tables are brought up to date when a node starts"
                : $"nodes: {await NodesAsync(db, cancellationToken)}";
            return new CheckResult(Subject, true, $"PostgreSQL {version} at {where} answers; {tables}");
        }
        catch (Exception e) when (e is NpgsqlException or InvalidDataException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            return new CheckResult(Subject, false, $"{where}: {(e.InnerException ?? e).Message}");
        }
    }

    private static async Task<string> NodesAsync(NodeDbContext db, CancellationToken cancellationToken)
    {
        List<NodeRecord> nodes = await db.Nodes.AsNoTracking().OrderBy(n => n.Name).ToListAsync(cancellationToken);
        return nodes.Count == 0 ? "none" : string.Join(", ", nodes.Select(n => $"{n.Name} (seen {n.SeenAt:u})"));
    }
}
