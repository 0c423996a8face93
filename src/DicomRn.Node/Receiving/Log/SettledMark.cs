using System.Buffers.Binary;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// Up to which record everything is settled, durably: without it the log would bring back what was deleted since. Two places,
/// written in turn, so that one of them is whole at every moment.
/// </summary>
internal sealed class SettledMark : IDisposable
{
    /// <summary>Name of the mark's file.</summary>
    public const string Name = "settled";

    private const int Place = 4096;
    private const int Length = 16;
    private const uint Magic = 0x534C5244;
    private readonly ILogFile _file;
    private int _next;

    private SettledMark(ILogFile file)
    {
        _file = file;
        byte[] bytes = new byte[Length];
        for (int place = 0; place < 2; place++)
        {
            file.Read(bytes, place * Place);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
                || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) != Crc32C.Of(bytes.AsSpan(8)))
                continue;
            long sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));
            if (sequence <= Sequence)
                continue;
            Sequence = sequence;
            _next = 1 - place;
        }
    }

    /// <summary>The sequence number of the last record of which it and all before it are settled; 0 for none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The sequence number that a mark's file has, or a copy of it.</summary>
    public static long Read(ILogFile file) => file.Length == 2 * Place ? new SettledMark(file).Sequence : 0;

    /// <summary>Opens the mark, creates it if it is absent or was only half created.</summary>
    public static SettledMark Open(ILogDisk disk)
    {
        if (!disk.Names.Contains(Name, StringComparer.Ordinal))
            return new SettledMark(disk.Create(Name, 2 * Place));
        ILogFile file = disk.Open(Name);
        if (file.Length == 2 * Place)
            return new SettledMark(file);
        file.Dispose();
        disk.Delete(Name);
        return new SettledMark(disk.Create(Name, 2 * Place));
    }

    /// <summary>Advances the mark; it is durable on return.</summary>
    /// <exception cref="IOException">It is where it was, or perhaps further; written again, it is written anew.</exception>
    public void Advance(long sequence)
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Crc32C.Of(bytes.AsSpan(8)));
        _file.Write([bytes], _next * Place);
        _file.Sync();
        Sequence = sequence;
        _next = 1 - _next;
    }

    public void Dispose() => _file.Dispose();
}
