using System.Security.Cryptography;
using DicomRn.Node.Assembly;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// Brings files and records together again before the node listens. A whole file without a record is recorded: a power cut
/// took its record, or it was never acknowledged. Half a file is set aside and a record without its file dropped: neither
/// was acknowledged, for that takes the synced file. Where nodes share the data directory, it is the files of one node.
/// </summary>
internal sealed class ReceptionRecovery(
    StateStore state, OwnResults ownResults, AssemblyOptions assembly, TimeProvider timeProvider,
    ILogger<ReceptionRecovery> logger) : INodeFolderRecovery
{
    /// <summary>Records so close to the last one are checked by content, older ones by presence and length.</summary>
    private static readonly TimeSpan DoubtfulTime = TimeSpan.FromMinutes(1);

    private const string UnknownSource = "RECOVERED";

    /// <summary>Does it. To be awaited before anything else touches the node's folder and files.</summary>
    public async Task RunAsync(DataFolders folders, CancellationToken cancellationToken)
    {
        EmptyInbox(folders);
        Dictionary<string, Stored> records = await ReadRecordsAsync(folders, cancellationToken);
        DateTimeOffset doubtful = records.Count == 0
            ? DateTimeOffset.MinValue
            : records.Values.Max(r => r.ReceivedAt) - DoubtfulTime;
        int recorded = 0, setAside = 0;
        foreach (string path in InstanceFiles(folders))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string relative = folders.Relative(path);
            if (records.Remove(relative, out Stored? stored))
            {
                if (await IsWholeAsync(path, stored, stored.ReceivedAt >= doubtful, cancellationToken))
                    continue;
                await state.ForgetInstanceAsync(stored.SopInstanceUid);
                await SetAsideAsync(folders, path, stored.SopInstanceUid);
                setAside++;
            }
            else if (await RecordAsync(folders, path, cancellationToken))
            {
                recorded++;
            }
            else
            {
                await SetAsideAsync(folders, path, Path.GetFileNameWithoutExtension(path));
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

    private static void EmptyInbox(DataFolders folders)
    {
        if (!Directory.Exists(folders.Inbox))
            return;
        foreach (string part in Directory.EnumerateFiles(folders.Inbox))
            File.Delete(part);
    }

    private static IEnumerable<string> InstanceFiles(DataFolders folders) => Directory.Exists(folders.Instances)
        ? Directory.EnumerateFiles(folders.Instances, folders.IsShared ? $"*{folders.InstanceSuffix}" : "*", SearchOption.AllDirectories)
        : [];

    private async Task<Dictionary<string, Stored>> ReadRecordsAsync(DataFolders folders, CancellationToken cancellationToken)
    {
        string suffix = folders.InstanceSuffix;
        List<Stored> records = await state.ReadAsync(db => db.Instances
            .Where(i => i.Path.EndsWith(suffix))
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

    private async Task<bool> RecordAsync(DataFolders folders, string path, CancellationToken cancellationToken) =>
        await DescribeAsync(folders, path, cancellationToken) is { } receipt
        && await state.RecordInstanceAsync(receipt) == ReceiptOutcome.Recorded;

    private async Task<InstanceReceipt?> DescribeAsync(DataFolders folders, string path, CancellationToken cancellationToken)
    {
        try
        {
            DicomFile opened = await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand);
            InstanceIdentity identity = InstanceIdentity.Of(opened.Dataset);
            if (!identity.HasUsableUids 
                || folders.InstanceFile(identity.StudyInstanceUid, identity.SeriesInstanceUid, identity.SopInstanceUid) != path)
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

    private async Task SetAsideAsync(DataFolders folders, string path, string sopInstanceUid)
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
