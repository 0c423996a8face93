using System.Globalization;
using System.Threading.Channels;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// Tells the audit trail what happens in the node: who sent, what was processed, what was sent where. What was sent is read off
/// the history of attempts, which is durable, so that a crash takes none of it; who sent is made good from <see cref="UntoldReceptions"/>.
/// </summary>
internal sealed class AuditService : BackgroundService
{
    private const int LargestBatch = 500;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly StateStore _store;
    private readonly AuditTrail _trail;
    private readonly AuditFiles _files;
    private readonly AuditOptions _options;
    private readonly NodeOptions _node;
    private readonly StudyPatients _patients;
    private readonly UntoldReceptions _receptions;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<AuditService> _logger;
    private readonly Alarm _alarm;
    private volatile bool _hasReceived = true;
    private DateTimeOffset _noted;

    private readonly Channel<StudyChanged> _changes = Channel.CreateUnbounded<StudyChanged>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Channel<FetchedInstances> _fetched = Channel.CreateUnbounded<FetchedInstances>(new UnboundedChannelOptions { SingleReader = true });

    public AuditService(
        StateStore store, StudyFeed studies, AssociationFeed associations, AuditTrail trail, AuditFiles files, AuditOptions options,
        NodeOptions node, StudyPatients patients, UntoldReceptions receptions, QueryRetrieveFeed calls, TimeProvider timeProvider, ILogger<AuditService> logger)
    {
        _store = store;
        _trail = trail;
        _files = files;
        _options = options;
        _node = node;
        _patients = patients;
        _receptions = receptions;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
        if (!options.Enabled)
            return;
        associations.Ended += Tell;
        calls.Asked += query => _trail.Post(AuditEvents.Queried(_node.AeTitle, query));
        calls.Fetched += fetched =>
        {
            _fetched.Writer.TryWrite(fetched);
            _alarm.Ring();
        };
        studies.Published += changes =>
        {
            foreach (StudyChanged change in changes)
                if (change.From != change.To && change.From is StudyState.Processing or StudyState.Delivering)
                    _changes.Writer.TryWrite(change);
            _alarm.Ring();
        };
    }

    private string CursorFile => Path.Combine(_files.Folder, "deliveries.cursor");

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _trail.Post(AuditEvents.Application(_node.AeTitle, starts: true));
        if (_options.Enabled)
            _receptions.Begin();
        else
            _receptions.Forget();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_options.Enabled)
        {
            await TellAsync(cancellationToken);
            await NoteReceptionsAsync(cancellationToken);
            await TakeCommandMessagesAsync(cancellationToken);
        }

        _trail.Post(AuditEvents.Application(_node.AeTitle, starts: false));
        await _trail.FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_options.Enabled)
        {
            await TellAsync(stoppingToken);
            if (_hasReceived && _timeProvider.GetUtcNow() - _noted >= LookAgain)
                await NoteReceptionsAsync(stoppingToken);
            await TakeCommandMessagesAsync(stoppingToken);
            await _alarm.WaitAsync(_timeProvider.GetUtcNow() + LookAgain, stoppingToken);
        }
    }

    private void Tell(AssociationAccount association)
    {
        if (association.End == AssociationEnd.Rejected)
            _trail.Post(AuditEvents.Rejected(_node.AeTitle, association));
        foreach (StudyTally study in association.Studies)
            _trail.Post(AuditEvents.Received(_node.AeTitle, association, study));
        _hasReceived = true;
    }

    /// <summary>Tells what was received before the node was killed.</summary>
    private async Task TellUntoldAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UntoldReception> untold = await _receptions.FindAsync(cancellationToken);
        foreach (UntoldReception reception in untold)
        {
            string? host = _node.Peers.Values.FirstOrDefault(peer => peer.AeTitle == reception.AeTitle)?.Host;
            _trail.Post(AuditEvents.Received(_node.AeTitle, reception, host, await _patients.OfAsync(reception.StudyInstanceUid, cancellationToken)));
        }

        _receptions.EndFinding();
        if (untold.Count > 0)
            AuditLog.ToldLate(_logger, untold.Count);
    }

    /// <summary>Notes up to when everything received is told, durably.</summary>
    private async Task NoteReceptionsAsync(CancellationToken cancellationToken)
    {
        _hasReceived = false;
        _noted = _timeProvider.GetUtcNow();
        if (_receptions.Posted() is not { } posted)
        {
            _hasReceived = true;
            return;
        }

        _hasReceived |= posted < _noted;
        try
        {
            await _trail.FlushAsync(cancellationToken);
            _receptions.Note(posted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _hasReceived = true;
            AuditLog.EventLost(_logger, e.Message);
        }
    }

    private async Task TakeCommandMessagesAsync(CancellationToken cancellationToken)
    {
        foreach (string file in CommandMessages.Find(_files))
        {
            try
            {
                foreach (string line in await File.ReadAllLinesAsync(file, cancellationToken))
                    _trail.PostWritten(line);
                await _trail.FlushAsync(cancellationToken);
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                AuditLog.NotTaken(_logger, file, e.Message);
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TellUntoldAsync(cancellationToken);
            while (_changes.Reader.TryRead(out StudyChanged? change))
                await TellAsync(change, cancellationToken);
            while (_fetched.Reader.TryRead(out FetchedInstances? fetched))
                _trail.Post(AuditEvents.Fetched(_node.AeTitle, fetched, await _patients.OfAsync(fetched.ForStudyInstanceUid, cancellationToken)));
            while (await TellDeliveriesAsync(cancellationToken))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            AuditLog.EventLost(_logger, e.Message);
        }
    }

    private async Task TellAsync(StudyChanged change, CancellationToken cancellationToken)
    {
        // Processing that goes back to where it was has not ended.
        if (change.From != StudyState.Processing || change.To is StudyState.Ready or StudyState.Assembling or StudyState.Fetching)
            return;
        AuditPatient patient = await _patients.OfAsync(change.StudyInstanceUid, cancellationToken);
        _trail.Post(AuditEvents.Processed(_node.AeTitle, change, patient));
        if (change.To != StudyState.Delivering)
            return;
        Dictionary<string, int> results = await _store.ReadAsync(db => db.Results
            .Where(r => r.StudyInstanceUid == change.StudyInstanceUid && r.Revision == change.Revision)
            .GroupBy(r => r.SopClassUid)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken));
        foreach (PeerOptions peer in _node.Peers.Values.Where(p => p.ReceivesResults))
            _trail.Post(AuditEvents.Sending(
                _node.AeTitle, new SentResults(change.At, change.StudyInstanceUid, peer.AeTitle, peer.Host, results, null), patient));
    }

    /// <summary>Tells the next attempts of the history.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> TellDeliveriesAsync(CancellationToken cancellationToken)
    {
        long told = File.Exists(CursorFile)
            && long.TryParse(await File.ReadAllTextAsync(CursorFile, cancellationToken), CultureInfo.InvariantCulture, out long stored) ? stored : 0;
        var attempts = await _store.ReadAsync(db => (
            from attempt in db.DeliveryAttempts
            join result in db.Results on attempt.ResultSopInstanceUid equals result.SopInstanceUid into found
            from result in found.DefaultIfEmpty()
            where attempt.Id > told
            orderby attempt.Id
            select new { Attempt = attempt, SopClass = result == null ? "" : result.SopClassUid })
            .Take(LargestBatch).ToListAsync(cancellationToken));
        if (attempts.Count == 0)
            return false;
        var groups = attempts.GroupBy(a => (
            a.Attempt.StudyInstanceUid, a.Attempt.Destination, a.Attempt.At,
            Error: a.Attempt.State is DeliveryState.Failed or DeliveryState.Queued ? a.Attempt.Error ?? "not delivered" : null));
        foreach (var group in groups)
        {
            PeerOptions? peer = _node.Peers.GetValueOrDefault(group.Key.Destination);
            SentResults sent = new(
                group.Key.At, group.Key.StudyInstanceUid, peer?.AeTitle ?? group.Key.Destination, peer?.Host,
                group.Where(a => a.SopClass.Length > 0).GroupBy(a => a.SopClass).ToDictionary(c => c.Key, c => c.Count()), group.Key.Error);
            AuditPatient patient = await _patients.OfAsync(sent.StudyInstanceUid, cancellationToken);
            _trail.Post(AuditEvents.Sent(_node.AeTitle, sent, patient));
        }

        // Told before it counts as told: after a crash a message may come twice, none is missing.
        await _trail.FlushAsync(cancellationToken);
        OwnerOnly.WriteAllText(CursorFile, attempts[^1].Attempt.Id.ToString(CultureInfo.InvariantCulture));
        return attempts.Count == LargestBatch;
    }
}
