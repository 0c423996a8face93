namespace DicomRn.Node.Receiving.Log;

/// <summary>A file of an <see cref="InstanceLog"/>: of fixed length, overwritten in place.</summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Overwrites what is there. Durable only after the next <see cref="Sync"/>, and until then torn anywhere.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Reads all of <paramref name="bytes"/>, as they were written last.</summary>
    /// <exception cref="IOException">It cannot be read, or ends before.</exception>
    void Read(Span<byte> bytes, long offset);

    /// <summary>Makes durable what was written.</summary>
    /// <exception cref="IOException">It is not durable, and a repeat that succeeds would not mean that it is.</exception>
    void Sync();
}
