using System.Net;
using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>
/// What keeps peers that leave Nagle's algorithm on from waiting 40 ms for every message: no delay, an acknowledgement after every
/// receive, one write for what belongs together.
/// </summary>
public sealed class PromptnessTests
{
    private const int IpprotoTcp = 6;
    private const int TcpQuickAck = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_received_is_acknowledged_before_more_is_awaited()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_QUICKACK is Linux's");
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket ours = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndPoint!, Token);
        using Socket theirs = await listener.AcceptAsync(Token);
        using SocketNetworkStream stream = SocketNetworkStream.Plain(ours, new DicomServiceOptions());
        Assert.True(ours.NoDelay);

        byte[] quick = new byte[4];
        byte[] message = new byte[100];
        Memory<byte> half = message.AsMemory(0, 50);
        for (int i = 0; i < 20; i++)
        {
            // The peer holds the rest back until what came is acknowledged, so that must not wait for more than the next read.
            await theirs.SendAsync(half, Token);
            for (int read = 0; read < half.Length;)
                read += await stream.AsStream().ReadAsync(half[read..], Token);
            ValueTask<int> rest = stream.AsStream().ReadAsync(message.AsMemory(half.Length), Token);
            ours.GetRawSocketOption(IpprotoTcp, TcpQuickAck, quick);
            Assert.Equal(1, quick[0]);
            await theirs.SendAsync(half, Token);
            for (int read = await rest; read < half.Length;)
                read += await stream.AsStream().ReadAsync(half[read..], Token);
            // A response makes the system take the connection for one where an acknowledgement can wait for data.
            await stream.AsStream().WriteAsync(message, Token);
            for (int read = 0; read < message.Length;)
                read += await theirs.ReceiveAsync(message.AsMemory(read), Token);
        }
    }

    [Fact]
    public async Task Response_is_one_write()
    {
        RecordingNetwork network = new();
        using UpperLayerConnection connection = new(network, new DicomServiceOptions(), TimeProvider.System);
        DicomCStoreRequest request = new(CommandSetCodec.Read(FakeModality.StoreCommand("1.2.3")));
        await Sender(connection, 16384, isRequestor: false).SendAsync(new DicomCStoreResponse(request, DicomStatus.Success), Token);
        Assert.Equal([PduType.PDataTf], Pdus(Assert.Single(network.Writes)).Select(pdu => pdu.Type));
    }

    [Theory]
    [InlineData(16384)]
    [InlineData(65536)]
    [InlineData(131072)]
    public async Task Command_set_and_data_set_share_writes_of_a_quarter_megabyte_in_PDUs_as_the_peer_takes_them(int length)
    {
        RecordingNetwork network = new();
        using UpperLayerConnection connection = new(network, new DicomServiceOptions(), TimeProvider.System);
        await Sender(connection, (uint)length).SendAsync(new DicomCStoreRequest(Instances.Mr(512, 512)), Token);
        Assert.InRange(Pdus(network.Writes[0]).Count, 3, int.MaxValue);
        Assert.All(network.Writes.SelectMany(Pdus), pdu => Assert.InRange(pdu.Length, 1u, (uint)length));
        Assert.All(network.Writes, write => Assert.InRange(write.Length, 1, 256 * 1024));
        Assert.Equal((512 * 512 * 2 / (256 * 1024)) + 1, network.Writes.Count);
    }

    private static DimseSender Sender(UpperLayerConnection connection, uint maximumLength, bool isRequestor = true)
    {
        DicomAssociation association = new("A", "B") { MaximumPDULength = maximumLength };
        association.PresentationContexts.Add(DicomUID.MRImageStorage, DicomTransferSyntax.ExplicitVRLittleEndian);
        association.PresentationContexts.Single().SetResult(DicomPresentationContextResult.Accept);
        return new DimseSender(connection, association, isRequestor);
    }

    private static List<PduHeader> Pdus(byte[] bytes)
    {
        List<PduHeader> pdus = [];
        for (int at = 0; at < bytes.Length;)
        {
            PduHeader header = PduHeader.Read(bytes.AsSpan(at));
            pdus.Add(header);
            at += PduHeader.Size + (int)header.Length;
        }

        return pdus;
    }

    /// <summary>A connection that keeps each write by itself.</summary>
    private sealed class RecordingNetwork : INetworkStream
    {
        private readonly RecordingStream _stream = new();

        public List<byte[]> Writes => _stream.Writes;

        public string RemoteHost => "127.0.0.1";

        public string LocalHost => "127.0.0.1";

        public int RemotePort => 104;

        public int LocalPort => 11112;

        public Stream AsStream() => _stream;

        public void Dispose() => _stream.Dispose();

        private sealed class RecordingStream : MemoryStream
        {
            public List<byte[]> Writes { get; } = [];

            public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                Writes.Add(buffer.ToArray());
                return ValueTask.CompletedTask;
            }
        }
    }
}
