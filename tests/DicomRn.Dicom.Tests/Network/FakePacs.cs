using System.Net;
using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A scripted acceptor that speaks raw PDUs over a real socket.</summary>
internal sealed class FakePacs : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _connection;

    public FakePacs() => _listener.Start();

    private NetworkStream Stream => _connection!.GetStream();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IDicomClient Client() => DicomClientFactory.Create("127.0.0.1", Port, false, "TESTSCU", "FAKEPACS");

    /// <summary>Takes the next connection.</summary>
    public async Task ConnectedAsync(CancellationToken cancellationToken) =>
        _connection = await _listener.AcceptTcpClientAsync(cancellationToken);

    public async Task SendBytesAsync(byte[] bytes, CancellationToken cancellationToken) => await Stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Accepts the next association with all its contexts.</summary>
    /// <returns>The request.</returns>
    public async Task<AAssociateRq> AcceptAsync(
        CancellationToken cancellationToken,
        AsynchronousOperationsWindow? window = null,
        Func<AAssociateAc, AAssociateAc>? change = null)
    {
        await ConnectedAsync(cancellationToken);
        (PduType type, byte[] body) = await ReceiveAsync(cancellationToken);
        Assert.Equal(PduType.AAssociateRq, type);
        AAssociateRq request = AAssociateRq.Read(body, 128);
        AAssociateAc answer = new()
        {
            CalledAe = request.CalledAe,
            CallingAe = request.CallingAe,
            PresentationContexts = [.. request.PresentationContexts.Select(c => new PresentationContextAc(c.Id, 0, c.TransferSyntaxes[0]))],
            User = new UserInformation { MaximumLength = 16384, ImplementationClassUid = "1.2.3", AsynchronousOperations = window },
        };
        await SendAsync(PduType.AAssociateAc, (change?.Invoke(answer) ?? answer).Write, cancellationToken);
        return request;
    }

    public async Task SendAsync(PduType type, Action<PduWriter> body, CancellationToken cancellationToken)
    {
        using PduWriter writer = new(type);
        body(writer);
        await Stream.WriteAsync(writer.Finish(), cancellationToken);
    }

    public async Task<(PduType Type, byte[] Body)> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[PduHeader.Size];
        await Stream.ReadExactlyAsync(header, cancellationToken);
        PduHeader read = PduHeader.Read(header);
        byte[] body = new byte[read.Length];
        await Stream.ReadExactlyAsync(body, cancellationToken);
        return (read.Type, body);
    }

    public async Task AnswerEchoAsync(CancellationToken cancellationToken) =>
        await AnswerEchoAsync((await ReceiveAsync(cancellationToken)).Body, cancellationToken);

    /// <summary>Answers the C-ECHO in a P-DATA-TF body.</summary>
    public async Task AnswerEchoAsync(byte[] request, CancellationToken cancellationToken)
    {
        DicomCEchoRequest echo = new(CommandSetCodec.Read(request.AsSpan(PDataTf.ValueHeaderSize)));
        System.Buffers.ArrayBufferWriter<byte> command = new();
        CommandSetCodec.Write(new DicomCEchoResponse(echo, DicomStatus.Success).Command, command);
        byte[] pdu = new byte[12 + command.WrittenCount];
        PDataTf.WriteHeaders(pdu, command.WrittenCount, request[4], isCommand: true, isLast: true);
        command.WrittenSpan.CopyTo(pdu.AsSpan(12));
        await Stream.WriteAsync(pdu, cancellationToken);
    }

    /// <summary>Answers the release request.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        Assert.Equal(PduType.AReleaseRq, (await ReceiveAsync(cancellationToken)).Type);
        await SendAsync(PduType.AReleaseRp, AReleaseRp.Write, cancellationToken);
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _listener.Dispose();
    }
}
