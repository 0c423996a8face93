using DicomRn.Node.State;

namespace DicomRn.Node.Pipeline;

/// <summary>Files that are there whole or not at all.</summary>
internal static class DurableFile
{
    /// <summary>Writes to a temporary name beside <paramref name="path"/>, flushes to the disk and renames.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        string temporary = TemporaryName(path);
        await using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous))
        {
            await write(stream);
            await stream.FlushAsync(cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        KillPoints.Reach(KillPoint.ProcessingFileSynced);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Lets <paramref name="write"/> make a file of a temporary name, flushes it to the disk and renames it.</summary>
    public static async Task WriteAsync(string path, Func<string, Task> write)
    {
        string temporary = TemporaryName(path);
        await write(temporary);
        await using (FileStream stream = new(temporary, FileMode.Open, FileAccess.ReadWrite))
            stream.Flush(flushToDisk: true);
        KillPoints.Reach(KillPoint.ProcessingFileSynced);
        File.Move(temporary, path, overwrite: true);
    }

    // The extension stays, because writers go by it.
    private static string TemporaryName(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", ".part-" + Path.GetFileName(path));
}
