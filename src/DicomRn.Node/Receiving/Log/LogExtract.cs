namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// Copies what a log holds that is not settled, beside the process that has the log. An instance that is settled meanwhile may be missing or
/// there: whoever looks at the store afterwards finds it there.
/// </summary>
internal static class LogExtract
{
    private const string Extension = ".log";

    /// <summary>Writes the extract, a log by itself but for large files.</summary>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="to">An empty folder.</param>
    /// <returns>The instances in it; where there are none, nothing is written.</returns>
    /// <exception cref="IOException">The log cannot be read, or the extract not be written.</exception>
    public static IReadOnlyList<LoggedInstance> Write(string folder, string to)
    {
        string mark = Path.Combine(folder, SettledMark.Name + Extension);
        if (!File.Exists(mark))
            return [];
        // Before the records: what was settled and deleted before the mark was read must not come back.
        string copy = Path.Combine(to, SettledMark.Name + Extension);
        Copy(mark, copy, new FileInfo(mark).Length);
        long settled;
        using (LogFolderFile file = LogFolderFile.Open(copy))
            settled = SettledMark.Read(file);
        List<LoggedInstance> instances = [];
        foreach (string path in Directory.EnumerateFiles(folder, LogSegments.Prefix + "*" + Extension).Order(StringComparer.Ordinal))
            instances.AddRange(CopySegment(path, Path.Combine(to, Path.GetFileName(path)), settled));
        if (instances.Count == 0)
            File.Delete(copy);
        return instances;
    }

    private static List<LoggedInstance> CopySegment(string path, string to, long settled)
    {
        try
        {
            using LogFolderFile file = LogFolderFile.Open(path);
            LogSegment segment = new(Path.GetFileNameWithoutExtension(path), file);
            List<LoggedInstance> pending =
                [.. LogScan.Read(segment, settled).Where(record => record.Sequence > settled).Select(record => record.Instance)];
            // A shorter file than the settings say is read and then replaced by the log.
            if (pending.Count > 0)
                Copy(path, to, segment.Tail);
            return pending;
        }
        catch (FileNotFoundException)
        {
            // Removed, because a write or sync of it failed; its records are settled.
            return [];
        }
    }

    private static void Copy(string path, string to, long length)
    {
        using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] piece = new byte[1 << 20];
        while (length > 0 && from.Read(piece, 0, (int)Math.Min(length, piece.Length)) is var read and > 0)
        {
            target.Write(piece, 0, read);
            length -= read;
        }
    }
}
