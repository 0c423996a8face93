using System.Globalization;
using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// Instances that a peer sent and that the audit trail may not tell of, because the program was killed before their association ended. What
/// was received before the time in the file <c>receptions.cursor</c> is told; what came later is found by its records, which are as durable
/// as the instances. Some of it may have been told before the crash.
/// </summary>
internal sealed class UntoldReceptions(
    StateStore store, DataFolders folders, AuditFiles files, AssociationFeed associations, InstanceLog log, TimeProvider timeProvider)
{
    private DateTimeOffset _start;
    private bool _isRead;
    private bool _found;
    private DateTimeOffset? _lostSince;
    private DateTimeOffset _told;

    private string CursorFile => Path.Combine(files.Folder, "receptions.cursor");

    /// <summary>Begins, before anything is received.</summary>
    public void Begin() => _start = timeProvider.GetUtcNow();

    /// <summary>There is no trail: when there is one again, it begins then.</summary>
    public void Forget()
    {
        if (File.Exists(CursorFile))
            File.Delete(CursorFile);
    }

    /// <summary>What an earlier run left untold: each study of each sender, once.</summary>
    /// <returns>Empty where there is nothing, or where what that run received is not all recorded yet.</returns>
    /// <exception cref="IOException">The time cannot be read or noted.</exception>
    public async Task<IReadOnlyList<UntoldReception>> FindAsync(CancellationToken cancellationToken)
    {
        Read();
        if (_lostSince is not { } since || log.OldestReceivedAt < _start)
            return [];
        string suffix = folders.InstanceSuffix;
        var counts = await store.ReadAsync(db => db.Instances
            .Where(i => i.ReceivedAt >= since && i.ReceivedAt < _start && i.Path.EndsWith(suffix))
            .GroupBy(i => new { i.StudyInstanceUid, i.SourceAeTitle, i.SopClassUid })
            .Select(g => new { g.Key.StudyInstanceUid, g.Key.SourceAeTitle, g.Key.SopClassUid, Count = g.Count(), Last = g.Max(i => i.ReceivedAt) })
            .ToListAsync(cancellationToken));
        _found = true;
        return
        [
            .. counts.GroupBy(c => (c.StudyInstanceUid, c.SourceAeTitle)).Select(study => new UntoldReception(
                study.Max(c => c.Last), study.Key.StudyInstanceUid, study.Key.SourceAeTitle, study.ToDictionary(c => c.SopClassUid, c => c.Count))),
        ];
    }

    /// <summary>What was found is posted to the trail: it is not found again.</summary>
    public void EndFinding()
    {
        if (_found)
            _lostSince = null;
    }

    /// <summary>
    /// Up to when everything that was received is posted to the trail: not beyond what an earlier run left untold before that is posted, and null
    /// where it is not known yet.
    /// </summary>
    public DateTimeOffset? Posted()
    {
        if (!_isRead)
            return null;
        // In this order: an association that begins meanwhile has sent nothing before that time.
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset posted = associations.OldestOpen is { } open && open < now ? open : now;
        return _lostSince is { } lost && lost < posted ? lost : posted;
    }

    /// <summary>Everything that was received before a time is in the trail's files, durably.</summary>
    public void Note(DateTimeOffset told)
    {
        if (told == _told)
            return;
        OwnerOnly.WriteAllText(CursorFile, told.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        _told = told;
    }

    private void Read()
    {
        if (_isRead)
            return;
        if (File.Exists(CursorFile))
        {
            // What a power cut has made of it says nothing: then everything counts as untold.
            _told = long.TryParse(File.ReadAllText(CursorFile), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : DateTimeOffset.UnixEpoch;
            _lostSince = _told;
        }
        else
        {
            OwnerOnly.CreateDirectory(files.Folder);
            Note(_start);
        }

        _isRead = true;
    }
}

/// <summary>Instances of one study from one peer, of associations that the program did not outlive.</summary>
/// <param name="At">When the last of them came.</param>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="AeTitle">The sender.</param>
/// <param name="SopClasses">How many instances of each SOP class.</param>
internal sealed record UntoldReception(DateTimeOffset At, string StudyInstanceUid, string AeTitle, IReadOnlyDictionary<string, int> SopClasses);
