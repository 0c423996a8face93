using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Receiving;

/// <summary>The place of instances in a plain storage SCP: <c>SOP Instance UID.dcm</c> in one folder, the last one received wins.</summary>
internal sealed class FolderSettlement(string folder, Action<string> received) : ISettlement, IDisposable
{
    private readonly SettledFolder _files = new(folder);

    public Task SettleAsync(string inbox, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        List<string> paths = new(records.Count);
        foreach (LogRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, record.Instance.Identity.SopInstanceUid + ".dcm");
            using RecordContent content = RecordContent.Read(inbox, record);
            if (!content.IsThere(path))
                continue;
            if (!content.TryCreate(path))
                content.Replace(path);
            _files.Note(path);
            paths.Add(path);
        }

        _files.Sync();
        foreach (string path in paths)
            received(path);
        return Task.CompletedTask;
    }

    public void Dispose() => _files.Dispose();
}
