using System.Globalization;
using System.Text;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// The files of the audit trail: <c>audit-DATE-NUMBER.log</c>, readable by their owner only, one message per line, a new one every
/// day (UTC) and at a size. What is written outlives the program; what is not synced a power cut may take.
/// </summary>
internal sealed class AuditFiles(AuditOptions options, DataFolders folders, TimeProvider timeProvider) : IDisposable
{
    private const string Pattern = "audit-*.log";
    private readonly List<string> _unsynced = [];
    private FileStream? _current;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(
        options.Directory is { Length: > 0 } given ? given : Path.Combine(folders.NodeRoot, "audit"));

    /// <summary>All files, the oldest first.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, Pattern).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Appends lines in one write.</summary>
    /// <exception cref="IOException">They cannot be written; nothing counts as written.</exception>
    public void Append(IReadOnlyList<string> lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        FileStream file = Open(bytes.Length);
        long start = file.Length;
        try
        {
            file.Write(bytes);
            file.Flush();
        }
        catch
        {
            _current = null;
            file.Dispose();
            Cut(file.Name, start);
            throw;
        }
    }

    /// <summary>What was appended outlives a power cut.</summary>
    /// <exception cref="IOException">It does not.</exception>
    public void Sync()
    {
        foreach (string rest in _unsynced.Where(File.Exists))
            using (FileStream file = new(rest, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                file.Flush(flushToDisk: true);
        _unsynced.Clear();
        _current?.Flush(flushToDisk: true);
    }

    /// <summary>Deletes files older than the settings allow, which <paramref name="mayGo"/>.</summary>
    public void Prune(Func<string, bool> mayGo)
    {
        if (options.KeepFor is not { } keep)
            return;
        string oldest = NameOf(timeProvider.GetUtcNow() - keep, 0);
        foreach (string file in List())
            if (string.CompareOrdinal(Path.GetFileName(file), oldest) < 0 && mayGo(file))
                File.Delete(file);
    }

    public void Dispose() => _current?.Dispose();

    private FileStream Open(int more)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        string today = NameOf(now, 0)[..14];
        if (_current is { } open && Path.GetFileName(open.Name).StartsWith(today, StringComparison.Ordinal)
            && open.Length + more <= options.MaximumFileSize)
            return open;
        if (_current is { } full)
        {
            _unsynced.Add(full.Name);
            full.Dispose();
        }

        _current = null;
        OwnerOnly.CreateDirectory(Folder);
        string? last = List().LastOrDefault(f => Path.GetFileName(f).StartsWith(today, StringComparison.Ordinal));
        int number = last is null ? 1 : int.Parse(Path.GetFileName(last).AsSpan(15, 4), CultureInfo.InvariantCulture);
        if (last is not null && new FileInfo(last).Length + more > options.MaximumFileSize)
            number++;
        _current = OwnerOnly.Append(Path.Combine(Folder, NameOf(now, number)));
        EndBrokenLine(_current);
        return _current;
    }

    /// <summary>A line that a power cut left half is ended, so that the next one stands on its own.</summary>
    private static void EndBrokenLine(FileStream file)
    {
        if (file.Length == 0)
            return;
        using FileStream read = new(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        read.Position = read.Length - 1;
        if (read.ReadByte() != '\n')
            file.Write("\n"u8);
    }

    private static void Cut(string path, long length)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            file.SetLength(length);
        }
        catch (IOException)
        {
            // The half line stays, and is ended when the file is opened again.
        }
    }

    private static string NameOf(DateTimeOffset time, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"audit-{time.UtcDateTime:yyyyMMdd}-{number:D4}.log");
}
