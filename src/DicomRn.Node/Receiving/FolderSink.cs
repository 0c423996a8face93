using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving;

/// <summary>The sink of a plain storage SCP: <c>SOP Instance UID.dcm</c> in one folder, the last one received wins.</summary>
/// <param name="folder">Where the files go; it exists.</param>
/// <param name="sync">Whether file and name are durable before the instance is acknowledged.</param>
/// <param name="received">Told of each file.</param>
/// <param name="logger">Told of each instance.</param>
internal sealed class FolderSink(
    string folder, bool sync, Action<string> received, ILogger logger) : IInstanceSink
{
    // What does not fit into this is written as it comes: the temporary file is in the folder of the instance anyway.
    private const int WrittenAtOnce = 256 * 1024;

    public IncomingInstance BeginInstance(string transferSyntaxUid) =>
        new(folder, WrittenAtOnce) { TransferSyntaxUid = transferSyntaxUid };

    public Task<DicomStatus> EndInstanceAsync(IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle)
    {
        string path = Path.Combine(folder, identity.SopInstanceUid + ".dcm");
        using (SafeFileHandle file = Place(incoming, path))
        {
            // After the rename, so that the one sync covers the name too.
            if (sync)
                RandomAccess.FlushToDisk(file);
        }

        ReceivingLog.Stored(logger, callingAeTitle, identity.SopInstanceUid);
        received(path);
        return Task.FromResult(DicomStatus.Success);
    }

    // Where nothing is promised of a crash, a small file gets its name at once: a rename costs as much as half of the write.
    private SafeFileHandle Place(IncomingInstance incoming, string path)
    {
        if (sync || incoming.InMemory is null)
            return incoming.Replace(path);
        try
        {
            return incoming.MoveTo(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return incoming.Replace(path);
        }
    }
}
