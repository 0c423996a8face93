using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DicomRn.Node.State;

/// <summary>
/// Queries that lock what they find until the transaction ends. On SQLite the transaction has the whole database, and a query
/// needs no more; on PostgreSQL the clause is added, which no query operator has.
/// </summary>
internal static class RowLocks
{
    private const string SkipTag = "rows: lock, skip locked";
    private const string WaitTag = "rows: lock, wait";

    /// <summary>Locks the rows, leaving out those that another transaction has locked.</summary>
    public static IQueryable<T> LockedOrSkipped<T>(this IQueryable<T> query) => query.TagWith(SkipTag);

    /// <summary>Locks the rows, waiting for other transactions that have.</summary>
    public static IQueryable<T> Locked<T>(this IQueryable<T> query) => query.TagWith(WaitTag);

    /// <summary>Adds the clause of PostgreSQL.</summary>
    public sealed class PostgresClause : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            if (command.CommandText.StartsWith($"-- {SkipTag}", StringComparison.Ordinal))
                command.CommandText += "\nFOR UPDATE SKIP LOCKED";
            else if (command.CommandText.StartsWith($"-- {WaitTag}", StringComparison.Ordinal))
                command.CommandText += "\nFOR UPDATE";
            return result;
        }
    }
}
