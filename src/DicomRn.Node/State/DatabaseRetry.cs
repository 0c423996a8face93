using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DicomRn.Node.State;

/// <summary>
/// Repeats what failed in passing on a database of several nodes: at once where another node's transaction crossed it, and
/// for a limited time where the server does not answer.
/// </summary>
internal sealed class DatabaseRetry(TimeSpan outageLimit, ILogger logger) : IDisposable
{
    private const int MostCrossings = 30;

    // Npgsql has no name for it: the server ended a session that sat in a transaction for too long.
    private const string IdleInTransaction = "25P03";
    private static readonly TimeSpan OutagePause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Runs it on the calling thread.</summary>
    public T Run<T>(Func<T> work)
    {
        Attempts attempts = new(outageLimit, logger);
        while (true)
        {
            try
            {
                return work();
            }
            catch (Exception e) when (attempts.IsAnotherWorthwhile(e) && !_closing.IsCancellationRequested)
            {
                _closing.Token.WaitHandle.WaitOne(attempts.Pause);
            }
        }
    }

    /// <summary>Runs it.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Attempts attempts = new(outageLimit, logger);
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (attempts.IsAnotherWorthwhile(e) && !_closing.IsCancellationRequested)
            {
                await Task.Delay(attempts.Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>Lets nothing be repeated any more.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private sealed class Attempts(TimeSpan outageLimit, ILogger logger)
    {
        private int _crossings;
        private long _outageSince;

        public TimeSpan Pause { get; private set; }

        public bool IsAnotherWorthwhile(Exception exception)
        {
            if (IsCrossing(exception))
            {
                // The longer it goes on, the further apart the nodes are spread.
                Pause = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(100, 1 << Math.Min(_crossings, 7)));
                return ++_crossings < MostCrossings;
            }

            if (!IsOutage(exception))
                return false;
            Pause = OutagePause;
            if (_outageSince == 0)
            {
                _outageSince = Stopwatch.GetTimestamp();
                StateLog.Outage(logger, exception.GetBaseException().Message);
            }

            return Stopwatch.GetElapsedTime(_outageSince) < outageLimit;
        }

        private static bool IsCrossing(Exception exception) => exception switch
        {
            DbUpdateConcurrencyException => true,
            PostgresException e => e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.UniqueViolation,
            _ => exception.InnerException is { } inner && IsCrossing(inner),
        };

        private static bool IsOutage(Exception exception) => exception switch
        {
            PostgresException e => e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                or IdleInTransaction,
            NpgsqlException e => e.IsTransient,
            _ => exception.InnerException is { } inner && IsOutage(inner),
        };
    }
}
