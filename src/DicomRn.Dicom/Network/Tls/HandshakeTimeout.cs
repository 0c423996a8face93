namespace DicomRn.Dicom.Network.Tls;

/// <summary>Limits how long a stream's synchronous reads and writes may wait, as long as it is not disposed.</summary>
internal readonly struct HandshakeTimeout : IDisposable
{
    private readonly Stream? _stream;

    public HandshakeTimeout(Stream stream, TimeSpan timeout)
    {
        if (!stream.CanTimeout)
            return;
        _stream = stream;
        _stream.ReadTimeout = _stream.WriteTimeout = (int)Math.Clamp(timeout.TotalMilliseconds, 1, int.MaxValue);
    }

    public void Dispose()
    {
        if (_stream is { CanRead: true })
            _stream.ReadTimeout = _stream.WriteTimeout = Timeout.Infinite;
    }
}
