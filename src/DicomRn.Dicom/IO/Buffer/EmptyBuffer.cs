namespace DicomRn.Dicom.IO.Buffer;

/// <summary>No bytes.</summary>
public sealed class EmptyBuffer : IByteBuffer
{
    private EmptyBuffer()
    {
    }

    /// <summary>The one instance.</summary>
    public static IByteBuffer Value { get; } = new EmptyBuffer();

    /// <inheritdoc />
    public bool IsMemory => true;

    /// <inheritdoc />
    public long Size => 0;

    /// <inheritdoc />
    public byte[] Data => [];

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output) => ArgumentOutOfRangeException.ThrowIfNotEqual(count, 0);

    /// <inheritdoc />
    public void CopyToStream(Stream stream)
    {
    }

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => Task.CompletedTask;
}
