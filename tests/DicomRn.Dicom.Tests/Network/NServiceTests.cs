using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>The DIMSE-N services, with and without data sets, both sides of them ours.</summary>
public sealed class NServiceTests : IDisposable
{
    private static readonly DicomUID SopClass = DicomUID.ModalityPerformedProcedureStep;
    private static readonly DicomUID Instance = DicomUID.Parse("1.2.826.0.1.3680043.8.1055.2");

    private readonly ScpScript _script = new();
    private readonly IDicomServer _server;

    public NServiceTests() => _server = DicomServerFactory.Create<ScriptedScp>("127.0.0.1", 0, userState: _script);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task N_CREATE_gives_attributes_and_gets_them_back()
    {
        DicomNCreateResponse? response = null;
        await SendAsync(new DicomNCreateRequest(SopClass, Instance)
        {
            Dataset = new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "IN PROGRESS" } },
            OnResponseReceived = (_, r) => response = r,
        });
        Assert.Equal((DicomStatus.Success, Instance), (response!.Status, response.SOPInstanceUID));
        Assert.Equal("IN PROGRESS", response.Dataset!.GetString(DicomTag.PerformedProcedureStepStatus));
    }

    [Fact]
    public async Task N_CREATE_may_leave_the_instance_to_the_peer()
    {
        await SendAsync(new DicomNCreateRequest(SopClass, null));
        Assert.Null(Assert.IsType<DicomNCreateRequest>(Assert.Single(_script.Performed)).SOPInstanceUID);
    }

    [Fact]
    public async Task N_SET_hears_a_warning()
    {
        DicomNSetResponse? response = null;
        await SendAsync(new DicomNSetRequest(SopClass, Instance)
        {
            Dataset = new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "COMPLETED" } },
            OnResponseReceived = (_, r) => response = r,
        });
        Assert.Equal((0x0107, DicomState.Warning, Instance), (response!.Status.Code, response.Status.State, response.SOPInstanceUID));
    }

    [Fact]
    public async Task N_GET_asks_for_attributes()
    {
        DicomNGetResponse? response = null;
        await SendAsync(new DicomNGetRequest(SopClass, Instance)
        {
            Attributes = [DicomTag.PatientName, DicomTag.StudyID],
            OnResponseReceived = (_, r) => response = r,
        });
        Assert.Equal([DicomTag.PatientName, DicomTag.StudyID], response!.Dataset!.Select(item => item.Tag));
        Assert.Equal([DicomTag.PatientName, DicomTag.StudyID], Assert.IsType<DicomNGetRequest>(Assert.Single(_script.Performed)).Attributes!);
    }

    [Fact]
    public async Task N_DELETE_hears_that_there_is_no_such_instance()
    {
        DicomNDeleteResponse? response = null;
        await SendAsync(new DicomNDeleteRequest(SopClass, Instance) { OnResponseReceived = (_, r) => response = r });
        Assert.Equal((DicomStatus.NoSuchObjectInstance, false), (response!.Status, response.HasDataset));
    }

    [Fact]
    public async Task N_ACTION_names_its_type_in_request_and_response()
    {
        DicomNActionResponse? response = null;
        await SendAsync(new DicomNActionRequest(SopClass, Instance, 7) { OnResponseReceived = (_, r) => response = r });
        Assert.Equal((DicomStatus.Success, 7, Instance), (response!.Status, response.ActionTypeID, response.SOPInstanceUID));
        Assert.Equal(7, Assert.IsType<DicomNActionRequest>(Assert.Single(_script.Performed)).ActionTypeID);
    }

    [Fact]
    public async Task N_EVENT_REPORT_reaches_a_server()
    {
        DicomNEventReportResponse? response = null;
        _script.EventReport = _ => Task.FromResult(DicomStatus.NoSuchEventType);
        await SendAsync(new DicomNEventReportRequest(SopClass, Instance, 3) { OnResponseReceived = (_, r) => response = r });
        Assert.Equal((DicomStatus.NoSuchEventType, 3, Instance), (response!.Status, response.EventTypeID, response.SOPInstanceUID));
    }

    [Fact]
    public async Task N_EVENT_REPORT_that_comes_before_the_response_to_the_N_ACTION_reaches_the_client()
    {
        DicomNEventReportResponse? answer = null;
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Action = async (scp, request) =>
        {
            await scp.SendRequestAsync(new DicomNEventReportRequest(request.SOPClassUID, request.SOPInstanceUID, 1)
            {
                Dataset = request.Dataset,
                OnResponseReceived = (_, r) =>
                {
                    answer = r;
                    answered.SetResult();
                },
            });
            await answered.Task.WaitAsync(Token);
            return DicomStatus.Success;
        };
        List<string> events = [];
        IDicomClient client = Client();
        client.OnNEventReportRequest = report =>
        {
            events.Add($"report {report.EventTypeID} {report.Dataset!.GetString(DicomTag.TransactionUID)}");
            return Task.FromResult(new DicomNEventReportResponse(report, DicomStatus.Success));
        };
        await client.AddRequestAsync(new DicomNActionRequest(SopClass, Instance, 1)
        {
            Dataset = new DicomDataset { { DicomTag.TransactionUID, "1.2.3" } },
            OnResponseReceived = (_, _) => events.Add("response"),
        });
        await client.SendAsync(Token);
        Assert.Equal(["report 1 1.2.3", "response"], events);
        Assert.Equal(DicomStatus.Success, answer!.Status);
    }

    [Fact]
    public async Task N_EVENT_REPORT_to_a_client_without_a_handler_is_refused()
    {
        DicomStatus? answer = null;
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Action = async (scp, request) =>
        {
            await scp.SendRequestAsync(new DicomNEventReportRequest(request.SOPClassUID, request.SOPInstanceUID, 1)
            {
                OnResponseReceived = (_, r) =>
                {
                    answer = r.Status;
                    answered.SetResult();
                },
            });
            await answered.Task.WaitAsync(Token);
            return DicomStatus.Success;
        };
        await SendAsync(new DicomNActionRequest(SopClass, Instance, 1));
        Assert.Equal(DicomStatus.UnrecognizedOperation, answer);
    }

    [Fact]
    public async Task Release_while_a_report_is_unanswered_ends_the_association_all_the_same()
    {
        _script.AfterAction = async (scp, request) =>
        {
            TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            DicomNEventReportRequest report = new(request.SOPClassUID, request.SOPInstanceUID, 1) { OnResponseReceived = (_, _) => ended.SetResult() };
            report.OnTimeout += (_, _) => ended.SetResult();
            await scp.SendRequestAsync(report);
            await ended.Task.WaitAsync(Token);
        };
        using FakeModality modality = await FakeModality.ConnectAsync(_server.Port, Token);
        await modality.SendAsync(PduType.AAssociateRq, FakeModality.Request(SopClass).Write, Token);
        Assert.Equal(PduType.AAssociateAc, (await modality.ReceiveAsync(Token)).Type);
        await modality.SendMessageAsync(1, new DicomNActionRequest(SopClass, Instance, 1), Token);
        Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
        Assert.Equal(PduType.PDataTf, (await modality.ReceiveAsync(Token)).Type);
        await modality.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        Assert.Equal(PduType.AReleaseRp, (await modality.ReceiveAsync(Token)).Type);
    }

    private IDicomClient Client()
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", _server.Port, false, "TESTSCU", "SCRIPTED");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        return client;
    }

    private async Task SendAsync(DicomRequest request)
    {
        IDicomClient client = Client();
        await client.AddRequestAsync(request);
        await client.SendAsync(Token);
    }
}
