using System.Buffers;
using System.Security.Cryptography;
using DicomRn.Node.State;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving.Log;

/// <summary>The Part-10 file of a record, on its way from the log to its place.</summary>
internal sealed class RecordContent : IDisposable
{
    private readonly string _inbox;
    private readonly LogRecord _record;
    private readonly byte[] _buffer = [];
    private readonly int _length;

    private RecordContent(string inbox, LogRecord record)
    {
        _inbox = inbox;
        _record = record;
        if (record.Instance.LargeFile is not null)
            return;
        _length = checked((int)record.Instance.Size);
        _buffer = ArrayPool<byte>.Shared.Rent(_length);
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="IOException">It cannot be read, or is damaged.</exception>
    public static RecordContent Read(string inbox, LogRecord record)
    {
        RecordContent content = new(inbox, record);
        try
        {
            if (record.Instance.LargeFile is null)
                InstanceLog.Read(record, content._buffer.AsSpan(0, content._length));
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether there is something to be filed. A large file may be gone whose record was not synced, so that it was never
    /// acknowledged, and reached the disk nevertheless.
    /// </summary>
    /// <param name="path">Where the file is if it has its place already.</param>
    public bool IsThere(string path) => _record.Instance.LargeFile is null || File.Exists(LargePath) || File.Exists(path);

    /// <summary>SHA-256 of the data set.</summary>
    /// <param name="path">Where the file is if it has its place already.</param>
    public byte[] HashDataSet(string path)
    {
        int offset = _record.Instance.DataSetOffset;
        if (_record.Instance.LargeFile is null)
            return SHA256.HashData(_buffer.AsSpan(offset, _length - offset));
        using FileStream file = new(
            File.Exists(LargePath) ? LargePath : path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = offset;
        return SHA256.HashData(file);
    }

    /// <summary>Makes it a file. Nothing is synced.</summary>
    /// <returns>False when there is one of that name.</returns>
    /// <exception cref="IOException">It cannot be written; a part of it may be there.</exception>
    public bool TryCreate(string path)
    {
        if (_record.Instance.LargeFile is not null)
        {
            if (File.Exists(path))
                return false;
            File.Move(LargePath, path);
            return true;
        }

        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }

        using (file)
            RandomAccess.Write(file, _buffer.AsSpan(0, _length), 0);
        return true;
    }

    /// <summary>Makes it a file instead of the one that is there: at every moment one of the two is there, whole. Nothing is synced.</summary>
    public void Replace(string path)
    {
        if (_record.Instance.LargeFile is not null)
        {
            // Already moved where an earlier attempt came so far.
            if (File.Exists(LargePath))
                File.Move(LargePath, path, overwrite: true);
            return;
        }

        string temporary = Path.Combine(_inbox, $"{_record.Sequence}.part");
        File.Delete(temporary);
        TryCreate(temporary);
        KillPoints.Reach(KillPoint.ReceivingReplacementWritten);
        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
    }

    private string LargePath => Path.Combine(_inbox, _record.Instance.LargeFile!);
}
