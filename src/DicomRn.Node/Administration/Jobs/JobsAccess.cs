using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Http;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>Finds the way to a node's jobs: through the running node, or into the data directory of one that does not run.</summary>
public static class JobsAccess
{
    /// <summary>Opens it.</summary>
    /// <param name="settings">Those of the node.</param>
    /// <param name="loggers">Where logs go; null for nowhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">There is no data directory, or the node that has it offers no way in.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public static async Task<IJobs> OpenAsync(NodeSettings settings, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        bool isShared = settings.State.IsShared;
        DataFolders folders = new(settings.Node.DataDirectory, isShared ? settings.Node.NameOrDefault : null);
        if (!isShared && folders.WhyNoDatabase is { } why)
            throw new IOException($"{why}.");
        if (isShared && !Directory.Exists(folders.NodeRoot))
            throw new IOException($"{folders.Root}: no node {folders.Node} has been here (Node:Name).");
        DataDirectoryLock taken;
        try
        {
            taken = DataDirectoryLock.Take(folders);
        }
        catch (IOException inUse)
        {
            return OpenRunning(folders, inUse);
        }

        if (isShared)
        {
            taken.Dispose();
            throw new IOException(
                $"Node {folders.Node} does not run, and the state is in PostgreSQL: start it, or name a node that runs (Node:Name); any of them has the jobs of all.");
        }

        return await StoppedNodeJobs.OpenAsync(settings, folders, taken, loggers ?? NullLoggerFactory.Instance, cancellationToken);
    }

    private static AdminApiClient OpenRunning(DataFolders folders, IOException inUse)
    {
        AdminEndpoint endpoint = new AdminFiles(folders).ReadEndpoint() ?? throw new IOException(
            $"A node has {folders.Root} and offers no administration interface (Administration:Http:Enabled), or is just starting or ending.", inUse);
        return new AdminApiClient(endpoint, AdminFiles.ReadToken(endpoint.TokenFile));
    }

    /// <summary>The jobs of a data directory that no node has.</summary>
    private sealed class StoppedNodeJobs : IJobs
    {
        private readonly DataDirectoryLock _lock;
        private readonly StateStore _store;
        private readonly HistoryRecorder _history;
        private readonly AuditTrail _audit;
        private readonly StoreJobs _jobs;

        private StoppedNodeJobs(DataDirectoryLock taken, StateStore store, HistoryRecorder history, AuditTrail audit, StoreJobs jobs) =>
            (_lock, _store, _history, _audit, _jobs) = (taken, store, history, audit, jobs);

        public static async Task<StoppedNodeJobs> OpenAsync(
            NodeSettings settings, DataFolders folders, DataDirectoryLock taken, ILoggerFactory loggers, CancellationToken cancellationToken)
        {
            try
            {
                StudyFeed feed = new();
                StateStore store = await StateStore.OpenAsync(
                    folders.Database, feed, TimeProvider.System, loggers.CreateLogger<StateStore>(), cancellationToken);
                AdministrationOptions options = settings.Administration;
                HistoryRecorder history = new(
                    store, feed, new AssociationFeed(), options.History, TimeProvider.System, loggers.CreateLogger<HistoryRecorder>());
                AuditTrail audit = new(
                    options.Audit, settings.Node, new AuditFiles(options.Audit, folders, TimeProvider.System), TimeProvider.System,
                    loggers.CreateLogger<AuditTrail>());
                StudyDeletion deletion = new(
                    store, folders, new StudyPatients(store, folders), audit, loggers.CreateLogger<StudyDeletion>());
                return new StoppedNodeJobs(taken, store, history, audit, new StoreJobs(store, deletion, new NodeStatusReader(store)));
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }

        public Task<NodeStatus> GetStatusAsync(CancellationToken cancellationToken) => _jobs.GetStatusAsync(cancellationToken);

        public Task<IReadOnlyList<StudyJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken) =>
            _jobs.ListAsync(filter, cancellationToken);

        public Task<StudyJobDetails?> FindAsync(string studyInstanceUid, CancellationToken cancellationToken) =>
            _jobs.FindAsync(studyInstanceUid, cancellationToken);

        public Task<IReadOnlyList<DeliveryAttemptEntry>> GetDeliveriesAsync(JobFilter filter, CancellationToken cancellationToken) =>
            _jobs.GetDeliveriesAsync(filter, cancellationToken);

        public Task<IReadOnlyList<AssociationEntry>> GetAssociationsAsync(JobFilter filter, CancellationToken cancellationToken) =>
            _jobs.GetAssociationsAsync(filter, cancellationToken);

        public Task<IReadOnlyList<DeletionEntry>> GetDeletionsAsync(JobFilter filter, CancellationToken cancellationToken) =>
            _jobs.GetDeletionsAsync(filter, cancellationToken);

        public Task<JobOutcome> RetryAsync(string studyInstanceUid, string by, CancellationToken cancellationToken) =>
            _jobs.RetryAsync(studyInstanceUid, by, cancellationToken);

        public Task<JobOutcome> DiscardAsync(string studyInstanceUid, string by, string reason, CancellationToken cancellationToken) =>
            _jobs.DiscardAsync(studyInstanceUid, by, reason, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _history.FlushAsync();
            _history.Dispose();
            await _audit.DisposeAsync();
            await _store.DisposeAsync();
            _lock.Dispose();
        }
    }
}
