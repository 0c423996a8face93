namespace DicomRn.Node.Receiving;

/// <summary>What is durable before a <see cref="FolderReceiver"/> acknowledges an instance.</summary>
public enum ReceiveDurability
{
    /// <summary>Nothing: the system writes when it likes. What a killed program has acknowledged is there all the same.</summary>
    None,

    /// <summary>The file and its name, synced one by one.</summary>
    File,

    /// <summary>
    /// A log below the folder, one sync for all who wait; files are written from it soon after. After a crash the next start
    /// writes those that are missing.
    /// </summary>
    Log,
}
