namespace DicomRn.Fuzzing.Targets;

/// <summary>A connection on which the peer has sent its bytes and then closed; what is sent to it is dropped.</summary>
internal sealed class ScriptedConnection(byte[] sent) : INetworkStream
{
    private readonly PeerStream _stream = new(sent);

    public string RemoteHost => "127.0.0.1";

    public string LocalHost => "127.0.0.1";

    public int RemotePort => 1;

    public int LocalPort => 2;

    public Stream AsStream() => _stream;

    public void Dispose() => _stream.Dispose();

    private sealed class PeerStream(byte[] sent) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, sent.Length - _position);
            sent.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
