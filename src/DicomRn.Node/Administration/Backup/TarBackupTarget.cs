using System.Formats.Tar;
using DicomRn.Node.Receiving;

namespace DicomRn.Node.Administration.Backup;

/// <summary>A backup as one file, in the format of tar (POSIX.1-2001).</summary>
internal sealed class TarBackupTarget : IBackupTarget
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly TarWriter _tar;

    public TarBackupTarget(string path)
    {
        _path = path;
        File.Delete(path + ".part");
        _file = OwnerOnly.Append(path + ".part");
        _tar = new TarWriter(_file, TarEntryFormat.Pax, leaveOpen: true);
    }

    public async Task<long> AddAsync(string name, string file, CancellationToken cancellationToken)
    {
        await using FileStream from = SourceFile.Open(file);
        PaxTarEntry entry = new(TarEntryType.RegularFile, name)
        {
            DataStream = from,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            ModificationTime = File.GetLastWriteTimeUtc(file),
        };
        await _tar.WriteEntryAsync(entry, cancellationToken);
        return from.Length;
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _tar.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_path + ".part", _path);
        FolderSync.Sync(Path.GetDirectoryName(_path)!);
    }

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _file.DisposeAsync();
        File.Delete(_path + ".part");
    }
}
