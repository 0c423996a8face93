using DicomRn.Dicom.Network;
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
    public async Task Unknown_items_and_user_identity_are_skipped()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.SendAsync(
            PduType.AAssociateRq,
            writer =>
            {
                using PduWriter whole = new(PduType.AAssociateRq);
                (FakeModality.Request() with { User = new UserInformation { ImplementationClassUid = "1.2.3" } }).Write(whole);
                // The user information item is the last: its length grows by that of the identity put into it.
                byte[] bytes = whole.Finish()[PduHeader.Size..].ToArray();
                byte[] identity = [0x58, 0, 0, 10, 2, 0, 0, 2, (byte)'m', (byte)'e', 0, 2, (byte)'p', (byte)'w'];
                int user = bytes.AsSpan().LastIndexOf(new byte[] { 0x50, 0x00 });
                bytes[user + 3] += (byte)identity.Length;
                writer.WriteBytes(bytes);
                writer.WriteBytes(identity);
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
