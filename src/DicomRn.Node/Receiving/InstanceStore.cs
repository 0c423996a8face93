using System.Security.Cryptography;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// The node's sink: an instance is acknowledged when it is durable in the <see cref="InstanceLog"/>, from where it comes to its file and
/// its record. A large one is a durable file of its own before the log refers to it.
/// </summary>
internal sealed class InstanceStore(
    InstanceLog log, InstanceSettling settling, StateStore state, DataFolders folders, DiskReserve reserve, ReceivingOptions receiving,
    TimeProvider timeProvider, ILogger<InstanceStore> logger) : IInstanceSink
{
    private readonly DurableFolders _durable = new();
    private readonly InstanceTurns _turns = new();

    public IncomingInstance BeginInstance(string transferSyntaxUid)
    {
        KillPoints.Reach(KillPoint.ReceivingInstanceBegun);
        reserve.Demand();
        return new IncomingInstance(log.Inbox, receiving.MemoryPerInstance) { TransferSyntaxUid = transferSyntaxUid };
    }

    public async Task<DicomStatus> EndInstanceAsync(
        IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle)
    {
        if (!identity.HasUsableUids)
        {
            ReceivingLog.UnusableUid(logger, callingAeTitle, identity.SopInstanceUid);
            return DicomStatus.InvalidObjectInstance;
        }

        using IDisposable turn = await _turns.TakeAsync(identity.SopInstanceUid);
        if (log.FindUnsettled(identity.SopInstanceUid) is { } unsettled)
            await settling.HurryAsync(unsettled);
        if (await state.FindInstanceAsync(identity.SopInstanceUid) is { } known)
        {
            if (File.Exists(folders.Absolute(known.Path)))
                return await JudgeRepeatAsync(incoming, identity, callingAeTitle, known);
            ReceivingLog.Replaced(logger, callingAeTitle, identity.SopInstanceUid);
        }

        await log.AppendAsync(incoming, identity, callingAeTitle, timeProvider.GetUtcNow());
        ReceivingLog.Stored(logger, callingAeTitle, identity.SopInstanceUid);
        return DicomStatus.Success;
    }

    /// <summary>The same content is no news; other content under the same UID is set aside.</summary>
    private async Task<DicomStatus> JudgeRepeatAsync(
        IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle, InstanceRecord known)
    {
        byte[] hash = await HashDataSetAsync(incoming);
        bool same = known.StudyInstanceUid == identity.StudyInstanceUid
            && (known.DataSetHash.AsSpan().SequenceEqual(hash)
                || await HasContentOfAsync(incoming, folders.Absolute(known.Path)));
        if (same)
        {
            ReceivingLog.Duplicate(logger, callingAeTitle, identity.SopInstanceUid);
            return DicomStatus.Success;
        }

        _durable.Ensure(folders.Quarantine);
        string path = Path.Combine(folders.Quarantine, $"{identity.SopInstanceUid}.{Guid.NewGuid():N}.dcm");
        // By a rename, so that a file that is there is whole.
        incoming.Replace(path).Dispose();
        KillPoints.Reach(KillPoint.ReceivingQuarantineWritten);
        await state.WriteAsync(transaction =>
        {
            transaction.Db.Quarantine.Add(new QuarantineRecord
            {
                SopInstanceUid = identity.SopInstanceUid,
                StudyInstanceUid = identity.StudyInstanceUid,
                Path = folders.Relative(path),
                Reason = "Another instance with this SOP Instance UID and other content is stored.",
                SourceAeTitle = callingAeTitle,
                At = transaction.Now,
            });
        });
        ReceivingLog.Conflict(logger, callingAeTitle, identity.SopInstanceUid, folders.Relative(path));
        return DicomStatus.DuplicateSOPInstance;
    }

    private static async Task<byte[]> HashDataSetAsync(IncomingInstance incoming)
    {
        await using Stream file = incoming.OpenRead();
        file.Position = incoming.DataSetOffset;
        return await SHA256.HashDataAsync(file);
    }

    // The bytes differ, but a sender may encode the same elements in another transfer syntax or with other lengths.
    private static async Task<bool> HasContentOfAsync(IncomingInstance incoming, string path)
    {
        await using Stream file = incoming.OpenRead();
        DicomFile now = await DicomFile.OpenAsync(file, readOption: FileReadOption.ReadAll);
        DicomFile before = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
        return DataSetContent.AreEqual(before.Dataset, now.Dataset);
    }
}
