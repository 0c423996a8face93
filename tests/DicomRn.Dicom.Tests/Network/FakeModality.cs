using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A scripted peer that speaks raw PDUs over a real socket, politely or not.</summary>
internal sealed class FakeModality : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };

    private FakeModality()
    {
    }

    public NetworkStream Stream { get; private set; } = null!;

    public int ReceiveBufferSize
    {
        set => _client.ReceiveBufferSize = value;
    }

    public static async Task<FakeModality> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        FakeModality modality = new();
        await modality._client.ConnectAsync("127.0.0.1", port, cancellationToken);
        modality.Stream = modality._client.GetStream();
        return modality;
    }

    /// <summary>Connects and has MR storage accepted as context 1 and verification as context 3.</summary>
    public static async Task<(FakeModality Modality, AAssociateAc Accepted)> AssociateAsync(
        int port, CancellationToken cancellationToken, AsynchronousOperationsWindow? window = null)
    {
        FakeModality modality = await ConnectAsync(port, cancellationToken);
        AAssociateRq request = Request();
        request = request with { User = request.User with { AsynchronousOperations = window } };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, cancellationToken);
        (PduType type, byte[] body) = await modality.ReceiveAsync(cancellationToken);
        Assert.Equal(PduType.AAssociateAc, type);
        return (modality, AAssociateAc.Read(body));
    }

    public static AAssociateRq Request(string callingAe = "FAKEMOD") => new()
    {
        CallingAe = callingAe,
        CalledAe = "TESTSCP",
        PresentationContexts =
        [
            new PresentationContextRq(1, DicomUID.MRImageStorage.UID, [DicomUID.ExplicitVRLittleEndian.UID]),
            new PresentationContextRq(3, DicomUID.Verification.UID, [DicomUID.ImplicitVRLittleEndian.UID]),
        ],
        User = new UserInformation { MaximumLength = 16384, ImplementationClassUid = "1.2.3" },
    };

    /// <summary>A request for an association with one context per SOP class, in explicit VR little endian.</summary>
    public static AAssociateRq Request(params DicomUID[] sopClasses) => Request() with
    {
        PresentationContexts =
        [
            .. sopClasses.Select((sopClass, i) =>
                new PresentationContextRq((byte)((2 * i) + 1), sopClass.UID, [DicomUID.ExplicitVRLittleEndian.UID])),
        ],
    };

    /// <summary>The bytes of a command set.</summary>
    public static byte[] Bytes(DicomDataset command)
    {
        System.Buffers.ArrayBufferWriter<byte> writer = new();
        CommandSetCodec.Write(command, writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The bytes of a C-STORE command set.</summary>
    public static byte[] StoreCommand(string sopInstanceUid, string? sopClassUid = null, ushort messageId = 7)
    {
        DicomDataset command = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian) { AutoValidate = false }
            .AddOrUpdate(DicomTag.AffectedSOPClassUID, sopClassUid ?? DicomUID.MRImageStorage.UID)
            .AddOrUpdate(DicomTag.CommandField, (ushort)DicomCommandField.CStoreRequest)
            .AddOrUpdate(DicomTag.MessageID, messageId)
            .AddOrUpdate(DicomTag.Priority, (ushort)0)
            .AddOrUpdate(DicomTag.CommandDataSetType, (ushort)1)
            .AddOrUpdate(DicomTag.AffectedSOPInstanceUID, sopInstanceUid);
        return Bytes(command);
    }

    /// <summary>Sends a message, its data set encoded by the caller, each part in a PDU of its own.</summary>
    public async Task SendMessageAsync(byte context, DicomMessage message, CancellationToken cancellationToken, byte[]? dataset = null)
    {
        await SendDataAsync(context, isCommand: true, isLast: true, Bytes(message.Command), cancellationToken);
        if (dataset is not null)
            await SendDataAsync(context, isCommand: false, isLast: true, dataset, cancellationToken);
    }

    public async Task SendAsync(PduType type, Action<PduWriter> body, CancellationToken cancellationToken)
    {
        using PduWriter writer = new(type);
        body(writer);
        await Stream.WriteAsync(writer.Finish(), cancellationToken);
    }

    /// <summary>Sends one fragment in a P-DATA-TF PDU of its own.</summary>
    public Task SendDataAsync(byte context, bool isCommand, bool isLast, byte[] fragment, CancellationToken cancellationToken)
    {
        byte[] pdu = new byte[PduHeader.Size + PDataTf.ValueHeaderSize + fragment.Length];
        PDataTf.WriteHeaders(pdu, fragment.Length, context, isCommand, isLast);
        fragment.CopyTo(pdu, PduHeader.Size + PDataTf.ValueHeaderSize);
        return Stream.WriteAsync(pdu, cancellationToken).AsTask();
    }

    /// <summary>As <see cref="SendDataAsync"/>, but a connection that the server has ended is no error.</summary>
    public async Task TrySendDataAsync(byte context, bool isCommand, bool isLast, byte[] fragment, CancellationToken cancellationToken)
    {
        try
        {
            await SendDataAsync(context, isCommand, isLast, fragment, cancellationToken);
        }
        catch (IOException)
        {
            // What the server said last can still be read.
        }
    }

    /// <summary>The next PDU of the server.</summary>
    public async Task<(PduType Type, byte[] Body)> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[PduHeader.Size];
        await Stream.ReadExactlyAsync(header, cancellationToken);
        PduHeader read = PduHeader.Read(header);
        byte[] body = new byte[read.Length];
        await Stream.ReadExactlyAsync(body, cancellationToken);
        return (read.Type, body);
    }

    /// <summary>Sends a whole instance: its command set and a small data set.</summary>
    public async Task SendInstanceAsync(ushort messageId, string sopInstanceUid, CancellationToken cancellationToken)
    {
        await SendDataAsync(1, true, true, StoreCommand(sopInstanceUid, messageId: messageId), cancellationToken);
        await SendDataAsync(1, false, true, Dataset(sopInstanceUid), cancellationToken);
    }

    /// <summary>The bytes of a small MR data set in explicit VR little endian.</summary>
    public static byte[] Dataset(string sopInstanceUid)
    {
        DicomDataset dataset = new(DicomTransferSyntax.ExplicitVRLittleEndian) { AutoValidate = false };
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.MRImageStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, sopInstanceUid)
            .AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.826.0.1.1")
            .AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.826.0.1.1.1")
            .AddOrUpdate(DicomTag.PatientID, "SECRET-PATIENT");
        using MemoryStream file = new();
        new DicomFile(dataset).Save(file);
        return StoreTests.Dataset(file.ToArray());
    }

    /// <summary>The status of the next response.</summary>
    public async Task<DicomStatus> ReceiveStatusAsync(CancellationToken cancellationToken) =>
        (await ReceiveResponseAsync(cancellationToken)).Status;

    /// <summary>The next C-STORE response.</summary>
    public async Task<DicomCStoreResponse> ReceiveResponseAsync(CancellationToken cancellationToken)
    {
        (PduType type, byte[] body) = await ReceiveAsync(cancellationToken);
        Assert.Equal(PduType.PDataTf, type);
        Assert.True(new PDataTf(body) is var data && data.TryRead(out PresentationDataValue value) && value is { IsCommand: true, IsLast: true });
        return new DicomCStoreResponse(CommandSetCodec.Read(body.AsSpan(PDataTf.ValueHeaderSize)));
    }

    /// <summary>Expects an A-ABORT, by default of the service provider, then the end of the connection.</summary>
    public async Task<DicomAbortReason> ReceiveAbortAsync(
        CancellationToken cancellationToken, DicomAbortSource source = DicomAbortSource.ServiceProvider)
    {
        (PduType type, byte[] body) = await ReceiveAsync(cancellationToken);
        Assert.Equal(PduType.AAbort, type);
        AAbort abort = AAbort.Read(body);
        Assert.Equal(source, abort.Source);
        Assert.True(await IsClosedAsync(cancellationToken));
        return abort.Reason;
    }

    /// <summary>Whether nothing more comes.</summary>
    public async Task<bool> IsClosedAsync(CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        try
        {
            return await Stream.ReadAsync(one, cancellationToken) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Reads whatever still comes until the server closes the connection.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Stream.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        }
        catch (IOException)
        {
            // A reset ends it as well.
        }
    }

    public void Dispose() => _client.Dispose();
}
