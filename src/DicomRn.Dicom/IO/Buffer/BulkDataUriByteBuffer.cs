namespace DicomRn.Dicom.IO.Buffer;

/// <summary>
/// A value that the DICOM JSON model only refers to by a URI (PS3.18 F.2.6). It is never fetched by itself: whoever wants it
/// fetches it and sets <see cref="Data"/>.
/// </summary>
public class BulkDataUriByteBuffer : IBulkDataUriByteBuffer
{
    private byte[]? _data;

    /// <summary>The value at a URI.</summary>
    public BulkDataUriByteBuffer(string bulkDataUri)
    {
        ArgumentNullException.ThrowIfNull(bulkDataUri);
        BulkDataUri = bulkDataUri;
    }

    /// <inheritdoc />
    public string BulkDataUri { get; }

    /// <summary>Whether <see cref="Data"/> has been set.</summary>
    public bool IsMemory => _data is not null;

    /// <summary>The value, once it has been fetched and set.</summary>
    /// <exception cref="DicomDataException">It has not been set.</exception>
    public virtual byte[] Data
    {
        get => _data ?? throw new DicomDataException("A value lies at its BulkDataURI and has not been fetched.");
        set => _data = value;
    }

    /// <summary>Number of bytes.</summary>
    /// <exception cref="DicomDataException"><see cref="Data"/> has not been set.</exception>
    public virtual long Size => Data.Length;

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output) => Data.AsSpan(checked((int)offset), count).CopyTo(output);

    /// <inheritdoc />
    public void CopyToStream(Stream stream) => stream.Write(Data);

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(Data, cancellationToken).AsTask();
}
