using DicomRn.Node.Assembly;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving;

/// <summary>
/// The node's sink: an instance is acknowledged when its file and the file's name are durable and its record is committed.
/// The file is written under its final name before anything refers to it; <see cref="ReceptionRecovery"/> deals with a file
/// without a record.
/// </summary>
/// <remarks>
/// One sync per instance, that of the file, and the record is committed beside it. A killed program leaves both; a power cut
/// can take the last records, which recovery makes anew from the files, or leave a record whose file is not whole: recovery
/// finds that too, and nobody was told of a success. The name needs no sync of its own: the file is created or renamed before
/// it is synced, and its folder was synced when it was created.
/// </remarks>
internal sealed class InstanceStore(
    StateStore state, DataFolders folders, OwnResults ownResults, ReceivingOptions receiving, AssemblyOptions assembly,
    TimeProvider timeProvider, ILogger<InstanceStore> logger) : IInstanceSink
{
    private readonly DurableFolders _durable = new();
    private readonly InstanceTurns _turns = new();

    public IncomingInstance BeginInstance(string transferSyntaxUid)
    {
        _durable.Ensure(folders.Inbox);
        return new IncomingInstance(folders.Inbox, receiving.MemoryPerInstance, isHashed: true) { TransferSyntaxUid = transferSyntaxUid };
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
        string path = folders.InstanceFile(identity.StudyInstanceUid, identity.SeriesInstanceUid, identity.SopInstanceUid);
        _durable.Ensure(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            if (await FindAsync(identity.SopInstanceUid) is { } known)
                return await JudgeRepeatAsync(Repeat.Of(incoming), identity, callingAeTitle, known);
            // Nobody stores this instance now, and nothing refers to the file: the rest of an attempt that failed.
            File.Delete(path);
        }

        InstanceReceipt receipt = new(
            await DescribeAsync(incoming, identity, callingAeTitle, path),
            identity.PatientKey, assembly.QuietPeriod, assembly.HardMaximum);
        if (await StoreAsync(incoming, receipt, path) == ReceiptOutcome.Recorded)
        {
            ReceivingLog.Stored(logger, callingAeTitle, identity.SopInstanceUid);
            return DicomStatus.Success;
        }

        // Another study or series has an instance of this UID, or this record's own file was lost.
        InstanceRecord other = await FindAsync(identity.SopInstanceUid)
            ?? throw new InvalidOperationException($"The record of {identity.SopInstanceUid} is gone.");
        if (other.Path == receipt.Instance.Path)
            return await ReplaceAsync(receipt, other, callingAeTitle);
        DicomStatus status = await JudgeRepeatAsync(
            new Repeat(incoming.DataSetHash, () => File.OpenRead(path), to => File.Move(path, to)), identity, callingAeTitle, other);
        File.Delete(path);
        return status;
    }

    /// <summary>The record was there and its file was not, until now.</summary>
    private async Task<DicomStatus> ReplaceAsync(InstanceReceipt receipt, InstanceRecord lost, string callingAeTitle)
    {
        if (!lost.DataSetHash.AsSpan().SequenceEqual(receipt.Instance.DataSetHash) || lost.Size != receipt.Instance.Size)
        {
            await state.ForgetInstanceAsync(lost.SopInstanceUid);
            await state.RecordInstanceAsync(receipt);
        }

        ReceivingLog.Replaced(logger, callingAeTitle, lost.SopInstanceUid);
        return DicomStatus.Success;
    }

    private async Task<ReceiptOutcome> StoreAsync(IncomingInstance incoming, InstanceReceipt receipt, string path)
    {
        using SafeFileHandle file = incoming.MoveTo(path);
        if (folders.IsShared)
            return await RecordDurableAsync(file, receipt, path);
        Task<ReceiptOutcome> recorded = state.RecordInstanceAsync(receipt);
        try
        {
            RandomAccess.FlushToDisk(file);
            return await recorded;
        }
        catch
        {
            await UndoAsync(recorded, receipt.Instance.SopInstanceUid);
            File.Delete(path);
            throw;
        }
    }

    // Another node goes by the record as soon as it is there, so the file is durable before.
    private async Task<ReceiptOutcome> RecordDurableAsync(SafeFileHandle file, InstanceReceipt receipt, string path)
    {
        try
        {
            RandomAccess.FlushToDisk(file);
            return await state.RecordInstanceAsync(receipt);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task UndoAsync(Task<ReceiptOutcome> recorded, string sopInstanceUid)
    {
        try
        {
            if (await recorded == ReceiptOutcome.Recorded)
                await state.ForgetInstanceAsync(sopInstanceUid);
        }
        catch (Exception e)
        {
            // The store itself fails: it holds no record, or recovery drops it because its file is gone.
            ReceivingLog.Failed(logger, "", sopInstanceUid, e);
        }
    }

    private async Task<InstanceRecord> DescribeAsync(
        IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle, string path) => new()
        {
            SopInstanceUid = identity.SopInstanceUid,
            SopClassUid = identity.SopClassUid,
            StudyInstanceUid = identity.StudyInstanceUid,
            SeriesInstanceUid = identity.SeriesInstanceUid,
            TransferSyntaxUid = incoming.TransferSyntaxUid,
            Path = folders.Relative(path),
            Size = incoming.Length,
            DataSetHash = incoming.DataSetHash,
            DataSetOffset = incoming.DataSetOffset,
            SourceAeTitle = callingAeTitle,
            ReceivedAt = timeProvider.GetUtcNow(),
            IsOwnResult = await ownResults.IncludeAsync(identity),
        };

    /// <summary>The same content is no news; other content under the same UID is set aside.</summary>
    private async Task<DicomStatus> JudgeRepeatAsync(
        Repeat repeat, InstanceIdentity identity, string callingAeTitle, InstanceRecord known)
    {
        bool same = known.StudyInstanceUid == identity.StudyInstanceUid
            && (known.DataSetHash.AsSpan().SequenceEqual(repeat.DataSetHash)
                || await HasContentOfAsync(repeat, folders.Absolute(known.Path)));
        if (same)
        {
            ReceivingLog.Duplicate(logger, callingAeTitle, identity.SopInstanceUid);
            return DicomStatus.Success;
        }

        _durable.Ensure(folders.Quarantine);
        string path = Path.Combine(folders.Quarantine, $"{identity.SopInstanceUid}.{Guid.NewGuid():N}.dcm");
        repeat.MoveTo(path);
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

    // The bytes differ, but a sender may encode the same elements in another transfer syntax or with other lengths.
    private static async Task<bool> HasContentOfAsync(Repeat repeat, string path)
    {
        using Stream file = repeat.Open();
        DicomFile now = await DicomFile.OpenAsync(file, readOption: FileReadOption.ReadAll);
        DicomFile before = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
        return DataSetContent.AreEqual(before.Dataset, now.Dataset);
    }

    private Task<InstanceRecord?> FindAsync(string sopInstanceUid) =>
        state.ReadAsync(async db => await db.Instances.FindAsync(sopInstanceUid));

    /// <summary>An instance whose SOP Instance UID is taken, wherever its bytes are now.</summary>
    private sealed record Repeat(byte[] DataSetHash, Func<Stream> Open, Action<string> MoveTo)
    {
        public static Repeat Of(IncomingInstance incoming) =>
            new(incoming.DataSetHash, incoming.OpenRead, path => incoming.MoveTo(path).Dispose());
    }
}
