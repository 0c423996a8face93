using System.Security.Cryptography;
using DicomRn.Node.Assembly;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// Brings files and records together in a data directory of a version that had no instance log, once. A whole file without a
/// record is recorded: a power cut took its record, or it was never acknowledged. Half a file is set aside and a record without
/// its file dropped: neither was acknowledged, for that took the synced file.
/// </summary>
internal sealed class FileReconciliation(
    StateStore state, DataFolders folders, OwnResults ownResults, AssemblyOptions assembly, TimeProvider timeProvider,
    ILogger<FileReconciliation> logger)
{
    /// <summary>Records so close to the last one are checked by content, older ones by presence and length.</summary>
    private static readonly TimeSpan DoubtfulTime = TimeSpan.FromMinutes(1);

    private const string UnknownSource = "RECOVERED";

    /// <summary>Does it. To be awaited before anything else touches the data directory.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RemoveInbox();
        Dictionary<string, Stored> records = await ReadRecordsAsync(cancellationToken);
        DateTimeOffset doubtful = records.Count == 0
            ? DateTimeOffset.MinValue
            : records.Values.Max(r => r.ReceivedAt) - DoubtfulTime;
        int recorded = 0, setAside = 0;
        foreach (string path in InstanceFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string relative = folders.Relative(path);
            if (records.Remove(relative, out Stored? stored))
            {
                if (await IsWholeAsync(path, stored, stored.ReceivedAt >= doubtful, cancellationToken))
                    continue;
                await state.ForgetInstanceAsync(stored.SopInstanceUid);
                await SetAsideAsync(path, stored.SopInstanceUid);
                setAside++;
            }
            else if (await RecordAsync(path, cancellationToken))
            {
                recorded++;
            }
            else
            {
                await SetAsideAsync(path, Path.GetFileNameWithoutExtension(path));
                setAside++;
            }
        }

        foreach (Stored lost in records.Values)
        {
            ReceivingLog.Unfinished(logger, lost.SopInstanceUid, "missing");
            await state.ForgetInstanceAsync(lost.SopInstanceUid);
        }

        if (recorded + setAside + records.Count > 0)
            ReceivingLog.Recovered(logger, recorded, setAside, records.Count);
    }

    private void RemoveInbox()
    {
        if (Directory.Exists(folders.Inbox))
            Directory.Delete(folders.Inbox, recursive: true);
    }

    private IEnumerable<string> InstanceFiles() => Directory.Exists(folders.Instances)
        ? Directory.EnumerateFiles(folders.Instances, "*", SearchOption.AllDirectories)
        : [];

    private async Task<Dictionary<string, Stored>> ReadRecordsAsync(CancellationToken cancellationToken)
    {
        List<Stored> records = await state.ReadAsync(db => db.Instances
            .Select(i => new Stored(i.SopInstanceUid, i.Path, i.Size, i.DataSetOffset, i.DataSetHash, i.ReceivedAt))
            .ToListAsync(cancellationToken));
        return records.ToDictionary(r => r.Path, StringComparer.Ordinal);
    }

    private static async Task<bool> IsWholeAsync(
        string path, Stored stored, bool byContent, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        if (file.Length != stored.Size)
            return false;
        if (!byContent)
            return true;
        file.Position = stored.DataSetOffset;
        return (await SHA256.HashDataAsync(file, cancellationToken)).AsSpan().SequenceEqual(stored.DataSetHash);
    }

    private async Task<bool> RecordAsync(string path, CancellationToken cancellationToken) =>
        await DescribeAsync(path, cancellationToken) is { } receipt
        && await state.RecordInstanceAsync(receipt) == ReceiptOutcome.Recorded;

    private async Task<InstanceReceipt?> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            DicomFile opened = await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand);
            InstanceIdentity identity = InstanceIdentity.Of(opened.Dataset);
            if (!identity.HasUsableUids || PathOf(identity) != path)
                return null;
            await using FileStream file = File.OpenRead(path);
            int offset = await PartTen.FindDataSetAsync(file, cancellationToken);
            file.Position = offset;
            InstanceRecord instance = new()
            {
                SopInstanceUid = identity.SopInstanceUid,
                SopClassUid = identity.SopClassUid,
                StudyInstanceUid = identity.StudyInstanceUid,
                SeriesInstanceUid = identity.SeriesInstanceUid,
                TransferSyntaxUid = opened.FileMetaInfo.TransferSyntax.UID.UID,
                Path = folders.Relative(path),
                Size = file.Length,
                DataSetOffset = offset,
                DataSetHash = await SHA256.HashDataAsync(file, cancellationToken),
                SourceAeTitle = opened.FileMetaInfo.GetSingleValueOrDefault(DicomTag.SourceApplicationEntityTitle, UnknownSource),
                ReceivedAt = timeProvider.GetUtcNow(),
                IsOwnResult = await ownResults.IncludeAsync(identity),
            };
            return new InstanceReceipt(instance, identity.PatientKey, assembly.QuietPeriod, assembly.HardMaximum);
        }
        catch (Exception e) when (e is DicomException or InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private string PathOf(InstanceIdentity identity) => Path.Combine(
        folders.Instances, identity.StudyInstanceUid, identity.SeriesInstanceUid, identity.SopInstanceUid + ".dcm");

    private async Task SetAsideAsync(string path, string sopInstanceUid)
    {
        Directory.CreateDirectory(folders.Quarantine);
        string to = Path.Combine(folders.Quarantine, $"{Path.GetFileNameWithoutExtension(path)}.{Guid.NewGuid():N}.dcm");
        File.Move(path, to);
        await state.WriteAsync(transaction =>
        {
            transaction.Db.Quarantine.Add(new QuarantineRecord
            {
                SopInstanceUid = sopInstanceUid,
                Path = folders.Relative(to),
                Reason = "Not completely stored when the program ended; never acknowledged.",
                At = transaction.Now,
            });
        });
        ReceivingLog.Unfinished(logger, sopInstanceUid, "set aside");
    }

    private sealed record Stored(
        string SopInstanceUid, string Path, long Size, int DataSetOffset, byte[] DataSetHash, DateTimeOffset ReceivedAt);
}
