using CsCheck;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

public sealed class PDataStreamTests
{
    private const int CommandLength = 120;
    private const int OffsetInFile = 132;
    private const int LongestWrite = 256 * 1024;

    private static readonly uint[] KnownLengths = [0, 8, 9, 64, 4096, 16_384, 131_072, 262_144];

    // Around whole fragments and whole writes, and anything between.
    private static readonly Gen<(uint Maximum, int Length)> Messages =
        from maximum in Gen.OneOf(Gen.Int[0, KnownLengths.Length - 1].Select(i => KnownLengths[i]), Gen.UInt[8, 300_000])
        from fragments in Gen.Int[0, 20]
        from odd in Gen.Int[-3, 3]
        from any in Gen.Int[0, 600_000]
        from isAround in Gen.Bool
        let around = Math.Min((long)fragments * Math.Min(maximum, 100_000), 600_000) + odd
        select (maximum, isAround ? Math.Max(0, (int)around) : maximum is > 0 and < 64 ? any % 5000 : any);

    [Fact]
    public async Task A_file_arrives_as_it_is_in_PDUs_as_long_as_the_peer_takes()
    {
        string path = Path.GetTempFileName();
        try
        {
            await Messages.SampleAsync(
                async message =>
                {
                    byte[] content = new byte[OffsetInFile + message.Length];
                    new Random(message.Length).NextBytes(content);
                    await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
                    Check(await SendAsync(message.Maximum, async stream =>
                    {
                        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                        file.Position = OffsetInFile;
                        await stream.WriteFromAsync(file, TestContext.Current.CancellationToken);
                    }), message.Maximum, content.AsSpan(OffsetInFile));
                },
                iter: 200, threads: 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public Task A_data_set_that_is_written_in_pieces_arrives_in_PDUs_as_long_as_the_peer_takes() => Messages.SampleAsync(
        async message =>
        {
            byte[] content = new byte[message.Length];
            new Random(message.Length).NextBytes(content);
            Check(await SendAsync(message.Maximum, async stream =>
            {
                for (int start = 0, piece = 1; start < content.Length; start += piece, piece = (piece * 3) + 1)
                {
                    piece = Math.Min(piece, content.Length - start);
                    await stream.WriteAsync(content.AsMemory(start, piece), TestContext.Current.CancellationToken);
                }
            }), message.Maximum, content);
        },
        iter: 200, threads: 1);

    [Fact]
    public async Task A_slice_for_a_peer_with_short_PDUs_goes_out_with_one_write()
    {
        List<byte[]> writes = await SendAsync(
            16_384, stream => stream.WriteAsync(new byte[132_000], TestContext.Current.CancellationToken).AsTask());

        Assert.Single(writes);
    }

    [Fact]
    public async Task A_file_that_becomes_shorter_while_it_is_sent_is_no_complete_instance()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, new byte[400_000], TestContext.Current.CancellationToken);
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            RecordedWrites network = new(onWrite: () =>
            {
                using FileStream other = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                other.SetLength(1000);
            });

            IOException e = await Assert.ThrowsAnyAsync<IOException>(
                () => SendAsync(network, 16_384, stream => stream.WriteFromAsync(file, TestContext.Current.CancellationToken).AsTask()));

            Assert.Contains(path, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<List<byte[]>> SendAsync(uint maximum, Func<PDataStream, Task> writeDataset) =>
        SendAsync(new RecordedWrites(), maximum, writeDataset);

    private static async Task<List<byte[]>> SendAsync(RecordedWrites network, uint maximum, Func<PDataStream, Task> writeDataset)
    {
        using UpperLayerConnection connection = new(network, new DicomServiceOptions(), TimeProvider.System);
        await using PDataStream stream = new(connection, contextId: 7, maximum);
        ((System.Buffers.IBufferWriter<byte>)stream).GetSpan(CommandLength)[..CommandLength].Fill(0xCC);
        ((System.Buffers.IBufferWriter<byte>)stream).Advance(CommandLength);
        await stream.EndCommandAsync(datasetFollows: true);
        await writeDataset(stream);
        await stream.EndDatasetAsync();
        return network.Writes;
    }

    private static void Check(List<byte[]> writes, uint maximum, ReadOnlySpan<byte> content)
    {
        Assert.All(writes, write => Assert.InRange(write.Length, 1, LongestWrite));
        List<byte> command = [];
        List<byte> dataset = [];
        bool isComplete = false;
        foreach (byte[] write in writes)
        {
            for (int at = 0; at < write.Length;)
            {
                PduHeader header = PduHeader.Read(write.AsSpan(at));
                Assert.True(maximum == 0 || header.Length <= maximum, $"a PDU of {header.Length} bytes where the peer takes {maximum}");
                PDataTf pdu = new(write.AsMemory(at + PduHeader.Size, (int)header.Length));
                while (pdu.TryRead(out PresentationDataValue value))
                {
                    Assert.False(isComplete, "data after the last fragment");
                    Assert.Equal(7, value.ContextId);
                    (value.IsCommand ? command : dataset).AddRange(value.Fragment.Span);
                    Assert.True(value.IsCommand || value.IsLast || value.Fragment.Length % 2 == 0, "an odd fragment that is not the last");
                    isComplete = value is { IsCommand: false, IsLast: true };
                }

                at += PduHeader.Size + (int)header.Length;
            }
        }

        Assert.True(isComplete, "no last fragment");
        Assert.Equal(CommandLength, command.Count);
        Assert.True(content.SequenceEqual(dataset.ToArray()), "other bytes than were sent");
    }

    /// <summary>A connection that keeps what is written to it, write by write.</summary>
    private sealed class RecordedWrites(Action? onWrite = null) : Stream, INetworkStream
    {
        public List<byte[]> Writes { get; } = [];

        public string RemoteHost => "peer";

        public string LocalHost => "here";

        public int RemotePort => 104;

        public int LocalPort => 1104;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public Stream AsStream() => this;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(buffer.ToArray());
            onWrite?.Invoke();
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
