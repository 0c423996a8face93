using System.Security.Cryptography;
using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// The place of instances in the node's store: a file of its own, <see cref="DataFolders.InstanceFile"/>, and the record that makes
/// it count. Files are durable before their records are committed, so that a record that is there stands for a whole file.
/// </summary>
internal sealed class StoreSettlement(
    StateStore state, DataFolders folders, OwnResults ownResults, AssemblyOptions assembly, ILogger<StoreSettlement> logger)
    : ISettlement, IDisposable
{
    private readonly SettledFolder _files = new(folders.Instances);

    public async Task SettleAsync(string inbox, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        List<InstanceReceipt> receipts = new(records.Count);
        foreach (LogRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await PlaceAsync(inbox, record) is { } instance)
                receipts.Add(new InstanceReceipt(
                    instance, record.Instance.Identity.PatientKey, assembly.QuietPeriod, assembly.HardMaximum));
        }

        _files.Sync();
        KillPoints.Reach(KillPoint.ReceivingFilesSynced);
        ReceiptOutcome[] outcomes = await Task.WhenAll(receipts.Select(state.RecordInstanceAsync));
        KillPoints.Reach(KillPoint.ReceivingRecorded);
        foreach ((InstanceReceipt receipt, ReceiptOutcome outcome) in receipts.Zip(outcomes))
            if (outcome == ReceiptOutcome.AlreadyKnown)
                await SettleRepeatAsync(receipt);
    }

    public void Dispose() => _files.Dispose();

    /// <summary>Gives a record its file.</summary>
    /// <returns>Its record for the state store; null where there is nothing to be recorded.</returns>
    private async Task<InstanceRecord?> PlaceAsync(string inbox, LogRecord record)
    {
        LoggedInstance logged = record.Instance;
        InstanceIdentity identity = logged.Identity;
        string path = folders.InstanceFile(identity.StudyInstanceUid, identity.SeriesInstanceUid, identity.SopInstanceUid);
        string folder = Path.GetDirectoryName(path)!;
        using RecordContent content = RecordContent.Read(inbox, record);
        if (!content.IsThere(path))
        {
            ReceivingLog.Unfinished(logger, identity.SopInstanceUid, "missing");
            return null;
        }

        byte[] hash = content.HashDataSet(path);
        if (!TryCreate(content, folder, path))
        {
            // A rest of an attempt that failed, nothing at all, or the file of a record: then this one was settled before a
            // crash.
            InstanceRecord? known = await state.FindInstanceAsync(identity.SopInstanceUid);
            if (known is null || known.Path != folders.Relative(path))
                content.Replace(path);
            else if (!known.DataSetHash.AsSpan().SequenceEqual(hash) && !await HasHashAsync(path, logged.DataSetOffset, hash))
                return await QuarantineAsync(logged, hash, content.Replace);
        }

        KillPoints.Reach(KillPoint.ReceivingFileWritten);
        _files.Note(path);
        return new InstanceRecord
        {
            SopInstanceUid = identity.SopInstanceUid,
            SopClassUid = identity.SopClassUid,
            StudyInstanceUid = identity.StudyInstanceUid,
            SeriesInstanceUid = identity.SeriesInstanceUid,
            TransferSyntaxUid = logged.TransferSyntaxUid,
            Path = folders.Relative(path),
            Size = logged.Size,
            DataSetHash = hash,
            DataSetOffset = logged.DataSetOffset,
            SourceAeTitle = logged.CallingAeTitle,
            ReceivedAt = logged.ReceivedAt,
            IsOwnResult = await ownResults.IncludeAsync(identity),
        };
    }

    private bool TryCreate(RecordContent content, string folder, string path)
    {
        _files.Ensure(folder);
        try
        {
            return content.TryCreate(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed with its study since.
            _files.Forget();
            _files.Ensure(folder);
            return content.TryCreate(path);
        }
    }

    /// <summary>There is a record of this SOP Instance UID.</summary>
    private async Task SettleRepeatAsync(InstanceReceipt receipt)
    {
        InstanceRecord instance = receipt.Instance;
        if (await state.FindInstanceAsync(instance.SopInstanceUid) is not { } known)
        {
            await state.RecordInstanceAsync(receipt);
            return;
        }

        bool same = known.DataSetHash.AsSpan().SequenceEqual(instance.DataSetHash);
        if (known.Path == instance.Path)
        {
            // Settled before, or its file was lost and came again, with other content perhaps.
            if (same)
                return;
            await state.ForgetInstanceAsync(known.SopInstanceUid);
            await state.RecordInstanceAsync(receipt);
            return;
        }

        string path = folders.Absolute(instance.Path);
        if (same && known.StudyInstanceUid == instance.StudyInstanceUid)
            File.Delete(path);
        else if (File.Exists(path))
            await QuarantineAsync(instance, to => File.Move(path, to, overwrite: true));
    }

    private async Task<InstanceRecord?> QuarantineAsync(LoggedInstance logged, byte[] hash, Action<string> moveTo)
    {
        InstanceIdentity identity = logged.Identity;
        await QuarantineAsync(
            identity.SopInstanceUid, identity.StudyInstanceUid, logged.CallingAeTitle, hash, moveTo);
        return null;
    }

    private Task QuarantineAsync(InstanceRecord instance, Action<string> moveTo) => QuarantineAsync(
        instance.SopInstanceUid, instance.StudyInstanceUid, instance.SourceAeTitle, instance.DataSetHash, moveTo);

    /// <summary>Sets an instance aside that was acknowledged before the conflict could be seen.</summary>
    private async Task QuarantineAsync(string sopInstanceUid, string studyInstanceUid, string callingAeTitle, byte[] hash, Action<string> moveTo)
    {
        Directory.CreateDirectory(folders.Quarantine);
        string path = folders.QuarantineFile(sopInstanceUid, hash);
        moveTo(path);
        string relative = folders.Relative(path);
        await state.WriteAsync(transaction => transaction.SetAside(new QuarantineRecord
        {
            SopInstanceUid = sopInstanceUid,
            StudyInstanceUid = studyInstanceUid,
            Path = relative,
            Reason = "Another instance with this SOP Instance UID and other content was stored at the same time.",
            SourceAeTitle = callingAeTitle,
            At = transaction.Now,
        }));
        ReceivingLog.Conflict(logger, callingAeTitle, sopInstanceUid, relative);
    }

    private static async Task<bool> HasHashAsync(string path, int offset, byte[] hash)
    {
        await using FileStream file = File.OpenRead(path);
        file.Position = offset;
        return (await SHA256.HashDataAsync(file)).AsSpan().SequenceEqual(hash);
    }
}
