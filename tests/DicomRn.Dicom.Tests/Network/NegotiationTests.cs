using System.Buffers;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

public sealed class NegotiationTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Explicit => DicomUID.ExplicitVRLittleEndian.UID;

    private static string Implicit => DicomUID.ImplicitVRLittleEndian.UID;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Each_context_gets_the_first_syntax_in_the_SCPs_order_or_the_reason_of_its_rejection()
    {
        AAssociateAc answer = await AnswerAsync(FakeModality.Request() with
        {
            PresentationContexts =
            [
                new PresentationContextRq(1, DicomUID.MRImageStorage.UID, [Implicit, Explicit]),
                new PresentationContextRq(3, DicomUID.MRImageStorage.UID, [Implicit]),
                new PresentationContextRq(5, "1.2.3.4.5", [Implicit]),
                new PresentationContextRq(7, DicomUID.CTImageStorage.UID, ["1.2.840.10008.1.2.4.50", "9.9.9"]),
                new PresentationContextRq(255, DicomUID.Verification.UID, [Explicit]),
            ],
        });
        Assert.Equal(
            [(1, 0, Explicit), (3, 0, Implicit), (5, 3, ""), (7, 4, ""), (255, 0, Explicit)],
            answer.PresentationContexts.Select(c => ((int)c.Id, (int)c.Result, c.Result == 0 ? c.TransferSyntax : "")));
    }

    [Fact]
    public async Task All_128_contexts_are_answered()
    {
        AAssociateAc answer = await AnswerAsync(FakeModality.Request() with
        {
            PresentationContexts =
                [.. Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)((2 * i) + 1), DicomUID.MRImageStorage.UID, [Explicit]))],
        });
        Assert.Equal(128, answer.PresentationContexts.Count(c => c.Result == 0));
    }

    [Fact]
    public async Task Window_is_answered_1_1_only_when_asked_for()
    {
        Assert.Null((await AnswerAsync(FakeModality.Request())).User.AsynchronousOperations);
        AAssociateRq asking = FakeModality.Request();
        asking = asking with { User = asking.User with { AsynchronousOperations = new AsynchronousOperationsWindow(8, 8) } };
        Assert.Equal(new AsynchronousOperationsWindow(1, 1), (await AnswerAsync(asking)).User.AsynchronousOperations);
    }

    [Fact]
    public async Task Unknown_items_are_skipped_and_reserved_fields_are_not_looked_at()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.SendAsync(
            PduType.AAssociateRq,
            writer =>
            {
                using PduWriter whole = new(PduType.AAssociateRq);
                (FakeModality.Request() with { User = new UserInformation { ImplementationClassUid = "1.2.3" } }).Write(whole);
                // The user information item is the last: its length grows by that of the sub-item put into it.
                byte[] bytes = whole.Finish()[PduHeader.Size..].ToArray();
                byte[] unheardOf = [0x7F, 0xFF, 0, 3, 1, 2, 3];
                int user = bytes.AsSpan().LastIndexOf(new byte[] { 0x50, 0x00 });
                bytes[user + 1] = 0xFF;
                bytes[user + 3] += (byte)unheardOf.Length;
                bytes[2] = 0xFF;
                bytes.AsSpan(36, 32).Fill(0xFF);
                bytes[69] = 0xFF;
                writer.WriteBytes(bytes);
                writer.WriteBytes(unheardOf);
                writer.WriteTextItem(0x77, "unheard of");
            },
            Token);
        Assert.Equal(PduType.AAssociateAc, (await modality.ReceiveAsync(Token)).Type);
    }

    [Theory]
    [InlineData(2, AAssociateRq.DicomApplicationContext, 1, 2, 2)]
    [InlineData(1, "1.2.3", 1, 1, 2)]
    public async Task Other_protocol_version_or_application_context_is_rejected(
        int version, string applicationContext, int result, int source, int reason)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request() with { ProtocolVersion = (ushort)version, ApplicationContext = applicationContext };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
        Assert.Equal((PduType.AAssociateRj, new AAssociateRj((byte)result, (byte)source, (byte)reason)), (type, AAssociateRj.Read(body)));
    }

    [Theory]
    [InlineData("0000", DicomState.Success)]
    [InlineData("A700", DicomState.Failure)]
    [InlineData("A7FF", DicomState.Failure)]
    [InlineData("B007", DicomState.Warning)]
    [InlineData("B123", DicomState.Warning)]
    [InlineData("C123", DicomState.Failure)]
    [InlineData("0124", DicomState.Failure)]
    [InlineData("FF00", DicomState.Pending)]
    [InlineData("FE00", DicomState.Cancel)]
    [InlineData("4711", DicomState.Failure)]
    public void Status_keeps_its_code_and_gets_its_class(string code, DicomState state)
    {
        ushort value = Convert.ToUInt16(code, 16);
        DicomStatus status = DicomStatus.Lookup(value);
        Assert.Equal((value, state), (status.Code, status.State));
    }

    [Fact]
    public async Task Version_field_with_further_bits_set_is_version_1()
    {
        Assert.Equal(2, (await AnswerAsync(FakeModality.Request() with { ProtocolVersion = 0xFFFF })).PresentationContexts.Count);
    }

    [Theory]
    [InlineData("  TESTSCU  ", true)]
    [InlineData("TESTSCU\0\0", true)]
    [InlineData("testscu", false)]
    [InlineData("", false)]
    [InlineData("                ", false)]
    [InlineData("TEST\nSCU", false)]
    public async Task Calling_AE_title_counts_without_its_padding_and_with_its_case(string title, bool accepted)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, CallingAes = ["TESTSCU"] });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request(title).Write(w), Token);
        (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
        Assert.Equal(accepted ? PduType.AAssociateAc : PduType.AAssociateRj, type);
        if (!accepted)
            Assert.Equal(new AAssociateRj(1, 1, 3), AAssociateRj.Read(body));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("TEST\nSCU", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(uint.MaxValue, true)]
    public async Task Maximum_length_too_short_for_data_is_rejected(uint length, bool accepted)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        request = request with { User = request.User with { MaximumLength = length } };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
        if (accepted)
            Assert.Equal(PduType.AAssociateAc, type);
        else
            Assert.Equal((PduType.AAssociateRj, new AAssociateRj(1, 2, 1)), (type, AAssociateRj.Read(body)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(16384)]
    public async Task PDUs_are_never_longer_than_the_peer_receives(uint length)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        request = request with { User = request.User with { MaximumLength = length } };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        Assert.Equal(PduType.AAssociateAc, (await modality.ReceiveAsync(Token)).Type);
        await modality.SendInstanceAsync(7, "1.2.3", Token);
        ArrayBufferWriter<byte> command = new();
        bool last = false;
        while (!last)
        {
            (_, byte[] body) = await modality.ReceiveAsync(Token);
            Assert.True(body.Length <= length, $"{body.Length} bytes");
            Assert.True(new PDataTf(body) is var data && data.TryRead(out PresentationDataValue value));
            command.Write(value.Fragment.Span);
            last = value.IsLast;
        }

        Assert.Equal(DicomStatus.Success, new DicomCStoreResponse(CommandSetCodec.Read(command.WrittenSpan)).Status);
    }

    [Theory]
    [InlineData("a name of more than sixteen characters", "1.2.3")]
    [InlineData("", "not.a.uid")]
    [InlineData("NAME\n\\WITH", "")]
    public async Task Implementation_that_names_itself_wrongly_is_served(string version, string classUid)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        request = request with
        {
            User = request.User with { ImplementationVersionName = version, ImplementationClassUid = classUid },
        };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        Assert.Equal(PduType.AAssociateAc, (await modality.ReceiveAsync(Token)).Type);
        await modality.SendInstanceAsync(7, "1.2.3", Token);
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
        Assert.Equal("1.2.3", DicomFile.Open(_received["1.2.3.dcm"]).FileMetaInfo.MediaStorageSOPInstanceUID!.UID);
    }

    [Fact]
    public async Task Both_sides_name_implementation_and_maximum_length()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.ServiceOptions.MaxPDULength = 65536;
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        AAssociateRq request = await pacs.AcceptAsync(Token);
        Assert.Equal(
            (65536u, DicomImplementation.ClassUID.UID, DicomImplementation.Version),
            (request.User.MaximumLength, request.User.ImplementationClassUid, request.User.ImplementationVersionName));
        Assert.InRange(DicomImplementation.Version.Length, 1, 16);
        Assert.Equal(
            (1, AAssociateRq.DicomApplicationContext, "TESTSCU", "FAKEPACS"),
            (request.ProtocolVersion, request.ApplicationContext, request.CallingAe, request.CalledAe));
        await pacs.AnswerEchoAsync(Token);
        await pacs.ReleaseAsync(Token);
        await sending;
        AAssociateAc answer = await AnswerAsync(FakeModality.Request());
        Assert.Equal(
            (DicomImplementation.ClassUID.UID, DicomImplementation.Version),
            (answer.User.ImplementationClassUid, answer.User.ImplementationVersionName));
    }

    [Fact]
    public async Task Acceptor_that_takes_no_data_is_aborted()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token, change: answer => answer with { User = answer.User with { MaximumLength = 4 } });
        DicomNetworkException e = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => sending);
        Assert.Contains("too short for any data", e.Message, StringComparison.Ordinal);
        Assert.Equal(PduType.AAbort, (await pacs.ReceiveAsync(Token)).Type);
    }

    [Fact]
    public void More_than_128_contexts_are_an_error_that_says_so()
    {
        DicomPresentationContextCollection contexts = [];
        for (int i = 0; i < 128; i++)
            contexts.Add(DicomUID.MRImageStorage, DicomTransferSyntax.ImplicitVRLittleEndian);
        DicomNetworkException e = Assert.Throws<DicomNetworkException>(
            () => contexts.Add(DicomUID.MRImageStorage, DicomTransferSyntax.ImplicitVRLittleEndian));
        Assert.Contains("128", e.Message, StringComparison.Ordinal);
        Assert.Equal(255, contexts.Last().ID);
    }

    [Fact]
    public async Task Requests_for_more_than_128_contexts_go_over_several_associations()
    {
        using TemporaryFolder source = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        IDicomClient client = server.Client();
        List<DicomStatus> statuses = [];
        DicomUID[] classes = [.. DicomUID.Enumerate().Where(uid => uid.StorageCategory != DicomStorageCategory.None).Take(150)];
        foreach (DicomUID sopClass in classes)
        {
            DicomFile file = Instances.Mr(16, 16);
            file.Dataset.AddOrUpdate(DicomTag.SOPClassUID, sopClass);
            await client.AddRequestAsync(new DicomCStoreRequest(new DicomFile(file.Dataset)) { OnResponseReceived = (_, r) => statuses.Add(r.Status) });
        }

        await client.SendAsync(Token);
        Assert.Equal(Enumerable.Repeat(DicomStatus.Success, 150), statuses);
        Assert.Equal(3, server.Events.Drain().Count(e => e.StartsWith("request", StringComparison.Ordinal)));
    }

    private async Task<AAssociateAc> AnswerAsync(AAssociateRq request)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
        Assert.Equal(PduType.AAssociateAc, type);
        return AAssociateAc.Read(body);
    }
}
