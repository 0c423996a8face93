namespace DicomRn.Dicom.IO.Buffer;

/// <summary>The value bytes of an element, in memory, in a file or in a stream, little endian.</summary>
public interface IByteBuffer
{
    /// <summary>Whether the bytes are in memory already, so that <see cref="Data"/> costs nothing.</summary>
    bool IsMemory { get; }

    /// <summary>Number of bytes.</summary>
    long Size { get; }

    /// <summary>All bytes; a buffer that is not in memory reads them at every call.</summary>
    byte[] Data { get; }

    /// <summary>Copies <paramref name="count"/> bytes from <paramref name="offset"/> into <paramref name="output"/>.</summary>
    void GetByteRange(long offset, int count, byte[] output);

    /// <summary>Writes all bytes to <paramref name="stream"/> without holding them all in memory.</summary>
    void CopyToStream(Stream stream);

    /// <summary>Writes all bytes to <paramref name="stream"/> without holding them all in memory.</summary>
    Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken);
}
