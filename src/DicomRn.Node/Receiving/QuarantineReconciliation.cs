using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>Records the files of the quarantine that were set aside when the program was killed before it could do that.</summary>
internal sealed class QuarantineReconciliation(StateStore state, DataFolders folders, ILogger<QuarantineReconciliation> logger)
{
    /// <summary>Does it. To be awaited before anything is received.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folders.Quarantine))
            return;
        // A file whose deletion was begun has no record either.
        HashSet<string> known = [.. await state.ReadAsync(db => db.Quarantine.Select(q => q.Path)
            .Concat(db.Deletions.Where(d => d.QuarantinedPath != null).Select(d => d.QuarantinedPath!))
            .ToListAsync(cancellationToken))];
        foreach (string path in Directory.EnumerateFiles(folders.Quarantine))
        {
            string relative = folders.Relative(path);
            if (known.Contains(relative))
                continue;
            (string sop, string? study) = await ReadAsync(path);
            QuarantineRecord record = new()
            {
                SopInstanceUid = sop,
                StudyInstanceUid = study,
                Path = relative,
                Reason = "Set aside when the program ended, before it could be answered.",
                At = state.Now,
            };
            await state.WriteAsync(transaction => { transaction.Db.Quarantine.Add(record); });
            ReceivingLog.QuarantineRecorded(logger, record.SopInstanceUid, relative);
        }
    }

    // It need not be readable: what was set aside may be half a file of a version that did not rename it there.
    private static async Task<(string SopInstanceUid, string? StudyInstanceUid)> ReadAsync(string path)
    {
        try
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset;
            return (dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID), dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID));
        }
        catch (Exception e) when (e is DicomException or InvalidDataException or EndOfStreamException)
        {
            return (Path.GetFileNameWithoutExtension(path), null);
        }
    }
}
