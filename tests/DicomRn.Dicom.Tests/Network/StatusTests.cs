using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What requests are refused with before a provider sees them (PS3.7 C), through a real socket.</summary>
public sealed class StatusTests : IDisposable
{
    private const string Uid = "1.2.826.0.1.3680043.8.1055.3";

    private readonly ScpScript _script = new();
    private readonly IDicomServer _server;

    public StatusTests() => _server = DicomServerFactory.Create<ScriptedScp>("127.0.0.1", 0, userState: _script);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Message_ID_in_use_is_answered_0210_and_the_first_request_goes_on()
    {
        TaskCompletionSource hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Hold = () => hold.Task;
        using FakeModality modality = await AssociateAsync(DicomUID.MRImageStorage, DicomUID.Verification);
        byte[] store = FakeModality.StoreCommand(Uid);
        byte[] dataset = Dataset();
        await SendAsync(modality, 1, store, dataset);
        await SendAsync(modality, 1, store, dataset);
        Assert.Equal(DicomStatus.DuplicateInvocation, await modality.ReceiveStatusAsync(Token));
        DicomCEchoRequest echo = new();
        echo.Command.AddOrUpdate(DicomTag.MessageID, (ushort)7);
        await SendAsync(modality, 3, FakeModality.Bytes(echo.Command), null);
        Assert.Equal(DicomStatus.DuplicateInvocation, await modality.ReceiveStatusAsync(Token));
        hold.SetResult();
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
        Assert.IsType<DicomCStoreRequest>(Assert.Single(_script.Performed));
    }

    [Fact]
    public async Task Message_ID_that_was_answered_may_be_used_anew()
    {
        using FakeModality modality = await AssociateAsync(DicomUID.MRImageStorage, DicomUID.Verification);
        for (int i = 0; i < 50; i++)
        {
            await SendAsync(modality, 1, FakeModality.StoreCommand(Uid), Dataset());
            Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
        }
    }

    public static TheoryData<string, int> Refusals() => new()
    {
        { "C-ECHO of another SOP class", 0x0122 },
        { "C-STORE of another SOP class", 0x0122 },
        { "C-STORE without an SOP instance", 0x0117 },
        { "C-STORE of a path", 0x0117 },
        { "C-STORE without a data set", 0x0211 },
        { "C-FIND of another SOP class", 0x0122 },
        { "C-FIND without an identifier", 0xA900 },
        { "C-FIND with garbage", 0xC000 },
        { "C-MOVE without a destination", 0xA801 },
        { "N-ACTION without an SOP instance", 0x0117 },
        { "N-ACTION on no UID", 0x0117 },
        { "N-EVENT-REPORT of another SOP class", 0x0122 },
        { "unheard of", 0x0211 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Request_that_is_wrong_is_refused_and_the_association_goes_on(string request, int status)
    {
        (DicomUID context, DicomDataset command, byte[]? dataset) = Wrong(request);
        using FakeModality modality = await AssociateAsync(context, DicomUID.Verification);
        await SendAsync(modality, 1, FakeModality.Bytes(command), dataset);
        Assert.Equal(status, (await modality.ReceiveStatusAsync(Token)).Code);
        Assert.Empty(_script.Performed);

        await SendAsync(modality, 3, FakeModality.Bytes(new DicomCEchoRequest().Command), null);
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
    }

    [Fact]
    public async Task Class_that_a_meta_SOP_class_comprises_goes_over_its_context()
    {
        using FakeModality modality = await AssociateAsync(DicomUID.BasicGrayscalePrintManagementMeta, DicomUID.Verification);
        await SendAsync(modality, 1, FakeModality.Bytes(new DicomNCreateRequest(DicomUID.BasicFilmSession, DicomUID.Parse(Uid)).Command), null);
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
    }

    [Fact]
    public async Task Cancel_of_nothing_is_ignored()
    {
        using FakeModality modality = await AssociateAsync(DicomUID.StudyRootQueryRetrieveInformationModelFind, DicomUID.Verification);
        await SendAsync(modality, 1, FakeModality.Bytes(new CancelRequest(DicomCFindRequest.CreateStudyQuery()).Command), null);
        await SendAsync(modality, 3, FakeModality.Bytes(new DicomCEchoRequest().Command), null);
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
    }

    [Fact]
    public void Every_status_has_the_class_of_its_code()
    {
        foreach (System.Reflection.FieldInfo field in typeof(DicomStatus).GetFields().Where(f => f.FieldType == typeof(DicomStatus)))
        {
            DicomStatus status = (DicomStatus)field.GetValue(null)!;
            Assert.True(status.State == DicomStatus.Lookup(status.Code).State, field.Name);
        }
    }

    [Fact]
    public void Status_of_an_application_is_found()
    {
        Assert.Equal(DicomState.Failure, DicomStatus.Lookup(0x5123).State);
        DicomStatus.AddKnownDicomStatuses([new DicomStatus("51xx", DicomState.Warning, "of a private service class")]);
        Assert.Equal((DicomState.Warning, "of a private service class"), (DicomStatus.Lookup(0x5123).State, DicomStatus.Lookup(0x5123).Description));
    }

    private static (DicomUID Context, DicomDataset Command, byte[]? Dataset) Wrong(string request)
    {
        DicomUID find = DicomUID.StudyRootQueryRetrieveInformationModelFind;
        DicomUID commitment = DicomUID.StorageCommitmentPushModel;
        DicomNActionRequest action = new(commitment, DicomUID.StorageCommitmentPushModelInstance, 1);
        DicomCStoreRequest store = new(Instances.Mr());
        return request switch
        {
            "C-ECHO of another SOP class" => (find, new DicomCEchoRequest().Command, null),
            "C-STORE of another SOP class" => (DicomUID.CTImageStorage, store.Command, Dataset()),
            "C-STORE without an SOP instance" => (DicomUID.MRImageStorage, store.Command.Remove(DicomTag.AffectedSOPInstanceUID), Dataset()),
            "C-STORE of a path" => (DicomUID.MRImageStorage, store.Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, "../up"), Dataset()),
            "C-STORE without a data set" => (DicomUID.MRImageStorage, store.Command.AddOrUpdate(DicomTag.CommandDataSetType, DicomMessage.NoDataset), null),
            "C-FIND of another SOP class" => (find, DicomCFindRequest.CreatePatientQuery().Command, Dataset()),
            "C-FIND without an identifier" => (find, new DicomCFindRequest(DicomQueryRetrieveLevel.Study) { Dataset = null }.Command, null),
            "C-FIND with garbage" => (find, DicomCFindRequest.CreateStudyQuery().Command, [1, 2, 3, 4, 5, 6, 7]),
            "C-MOVE without a destination" => (
                DicomUID.StudyRootQueryRetrieveInformationModelMove,
                new DicomCMoveRequest("X", Uid).Command.Remove(DicomTag.MoveDestination),
                Dataset()),
            "N-ACTION without an SOP instance" => (commitment, action.Command.Remove(DicomTag.RequestedSOPInstanceUID), null),
            "N-ACTION on no UID" => (commitment, action.Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, "1..2"), null),
            "N-EVENT-REPORT of another SOP class" => (
                commitment, new DicomNEventReportRequest(DicomUID.ModalityPerformedProcedureStep, DicomUID.Parse(Uid), 1).Command, null),
            _ => (commitment, action.Command.AddOrUpdate(DicomTag.CommandField, (ushort)0x0777), null),
        };
    }

    private async Task<FakeModality> AssociateAsync(params DicomUID[] sopClasses)
    {
        FakeModality modality = await FakeModality.ConnectAsync(_server.Port, Token);
        await modality.SendAsync(PduType.AAssociateRq, FakeModality.Request(sopClasses).Write, Token);
        Assert.Equal(PduType.AAssociateAc, (await modality.ReceiveAsync(Token)).Type);
        return modality;
    }

    private static async Task SendAsync(FakeModality modality, byte context, byte[] command, byte[]? dataset)
    {
        await modality.SendDataAsync(context, isCommand: true, isLast: true, command, Token);
        if (dataset is not null)
            await modality.SendDataAsync(context, isCommand: false, isLast: true, dataset, Token);
    }

    /// <summary>Patient ID alone, in explicit VR little endian.</summary>
    private static byte[] Dataset() => [0x10, 0, 0x20, 0, (byte)'L', (byte)'O', 2, 0, (byte)'P', (byte)'1'];
}
