using System.Runtime.CompilerServices;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>C-FIND, C-GET and C-MOVE, both sides of them ours.</summary>
public sealed class QueryRetrieveTests : IDisposable
{
    private const string Study = "1.2.826.0.1.3680043.8.1055.1";

    private readonly ScpScript _script = new();
    private readonly IDicomServer _server;

    public QueryRetrieveTests() => _server = DicomServerFactory.Create<ScriptedScp>("127.0.0.1", 0, userState: _script);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Every_match_of_a_C_FIND_comes_before_its_success()
    {
        _script.Find = (request, token) => Matches(request, 3, token);
        DicomCFindRequest find = DicomCFindRequest.CreateStudyQuery(patientId: "P*", studyDateTime: new DicomDateRange(new DateTime(2026, 1, 1), new DateTime(2026, 1, 31)));
        List<DicomCFindResponse> responses = await FindAsync(find);

        Assert.Equal([0xFF00, 0xFF01, 0xFF00, 0x0000], responses.Select(r => (int)r.Status.Code));
        Assert.Equal(["1", "2", "3"], responses.Take(3).Select(r => r.Dataset!.GetSingleValue<string>(DicomTag.StudyID)));
        Assert.Null(responses[3].Dataset);
        DicomCFindRequest performed = Assert.IsType<DicomCFindRequest>(Assert.Single(_script.Performed));
        Assert.Equal(DicomQueryRetrieveLevel.Study, performed.Level);
        Assert.Equal(("P*", "20260101-20260131"),
            (performed.Dataset!.GetString(DicomTag.PatientID), performed.Dataset.GetString(DicomTag.StudyDate)));
    }

    [Theory]
    [InlineData(DicomQueryRetrieveLevel.Patient)]
    [InlineData(DicomQueryRetrieveLevel.Series)]
    [InlineData(DicomQueryRetrieveLevel.Image)]
    public async Task Queries_of_all_levels_name_theirs(DicomQueryRetrieveLevel level)
    {
        DicomCFindRequest find = level switch
        {
            DicomQueryRetrieveLevel.Patient => DicomCFindRequest.CreatePatientQuery("P1"),
            DicomQueryRetrieveLevel.Series => DicomCFindRequest.CreateSeriesQuery(Study, "MR"),
            _ => DicomCFindRequest.CreateImageQuery(Study, Study + ".1"),
        };
        Assert.Equal(DicomStatus.Success, Assert.Single(await FindAsync(find)).Status);
        Assert.Equal(level, Assert.IsType<DicomCFindRequest>(Assert.Single(_script.Performed)).Level);
    }

    [Fact]
    public async Task C_FIND_that_fails_midway_ends_with_a_failure()
    {
        _script.Find = (request, token) => Matches(request, -1, token);
        List<DicomCFindResponse> responses = await FindAsync(DicomCFindRequest.CreateStudyQuery());
        Assert.Equal([0xFF00, 0x0110], responses.Select(r => (int)r.Status.Code));
    }

    [Fact]
    public async Task Cancelling_the_client_cancels_the_C_FIND_and_releases_the_association()
    {
        _script.Find = (request, token) => EndlessMatches(request, token);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        List<DicomStatus> statuses = [];
        DicomCFindRequest find = DicomCFindRequest.CreateStudyQuery();
        find.OnResponseReceived = (_, response) =>
        {
            statuses.Add(response.Status);
            if (statuses.Count == 5)
                enough.Cancel();
        };
        IDicomClient client = Client();
        bool released = false;
        client.AssociationReleased += (_, _) => released = true;
        await client.AddRequestAsync(find);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(enough.Token));
        Assert.Equal(DicomStatus.Cancel, statuses[^1]);
        Assert.True(released);
    }

    [Fact]
    public async Task C_GET_stores_over_the_same_association_and_counts()
    {
        DicomFile[] files = [Instances.Mr(), Instances.Mr(512, 512), Instances.Mr(128, 128)];
        _script.Get = (scp, request) => SubOperations(scp, request, files);
        using TemporaryFolder received = new();
        List<DicomCGetResponse> responses = await GetAsync(new DicomCGetRequest(Study), received, withRole: true);

        Assert.Equal([0xFF00, 0xFF00, 0xFF00, 0x0000], responses.Select(r => (int)r.Status.Code));
        Assert.Equal((0, 3, 0, 0), (responses[^1].Remaining, responses[^1].Completed, responses[^1].Failures, responses[^1].Warnings));
        foreach (DicomFile file in files)
        {
            DicomFile copy = await DicomFile.OpenAsync(received[$"{file.FileMetaInfo.MediaStorageSOPInstanceUID!.UID}.dcm"]);
            Assert.Equal(file.Dataset, copy.Dataset);
            Assert.Equal("SCRIPTED", copy.FileMetaInfo.SourceApplicationEntityTitle);
        }
    }

    [Fact]
    public async Task Instance_of_a_C_GET_that_the_handler_moves_is_kept_as_it_was_received()
    {
        DicomFile file = Instances.Mr(512, 512);
        _script.Get = (scp, request) => SubOperations(scp, request, [file]);
        using TemporaryFolder received = new();
        IDicomClient client = Client();
        client.AdditionalPresentationContexts.Add(
            DicomPresentationContext.GetScpRolePresentationContext(DicomUID.MRImageStorage, DicomTransferSyntax.ExplicitVRLittleEndian));
        string? before = null;
        client.OnCStoreRequest = request =>
        {
            before = request.File!.File!.Name;
            request.File.File.Move(received["kept.dcm"]);
            return Task.FromResult(new DicomCStoreResponse(request, DicomStatus.Success));
        };
        await client.AddRequestAsync(new DicomCGetRequest(Study));
        await client.SendAsync(Token);

        Assert.False(File.Exists(before));
        Assert.Equal(file.Dataset, (await DicomFile.OpenAsync(received["kept.dcm"])).Dataset);
    }

    [Fact]
    public async Task C_GET_of_a_class_without_the_SCP_role_counts_failures()
    {
        _script.Get = (scp, request) => SubOperations(scp, request, [Instances.Mr()]);
        using TemporaryFolder received = new();
        List<DicomCGetResponse> responses = await GetAsync(new DicomCGetRequest(Study, Study + ".1"), received, withRole: false);
        Assert.Equal(DicomStatus.QueryRetrieveSubOpsOneOrMoreFailures, responses[^1].Status);
        Assert.Equal("Sub-operations complete, one or more failures", responses[^1].Status.Description);
        Assert.Equal((0, 1), (responses[^1].Completed, responses[^1].Failures));
        Assert.Empty(Directory.GetFiles(received.Path));
    }

    [Fact]
    public async Task C_GET_that_is_cancelled_ends_with_the_counts_reached()
    {
        _script.Get = (scp, request) => SubOperations(scp, request, Enumerable.Range(0, 1000).Select(_ => Instances.Mr(16, 16)));
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        DicomCGetResponse? last = null;
        DicomCGetRequest get = new(Study)
        {
            OnResponseReceived = (_, response) =>
            {
                last = response;
                if (response.Completed == 3)
                    enough.Cancel();
            },
        };
        IDicomClient client = Client();
        client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(DicomUID.MRImageStorage));
        client.OnCStoreRequest = request => Task.FromResult(new DicomCStoreResponse(request, DicomStatus.Success));
        await client.AddRequestAsync(get);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(enough.Token));
        Assert.Equal(DicomStatus.Cancel, last!.Status);
        Assert.InRange(last.Completed, 3, 999);
    }

    [Fact]
    public async Task C_STORE_to_a_client_without_a_handler_is_refused()
    {
        DicomStatus? answer = null;
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Get = (scp, request) => StoreOne(scp, request, status =>
        {
            answer = status;
            answered.SetResult();
        }, answered.Task);
        IDicomClient client = Client();
        client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(DicomUID.MRImageStorage));
        await client.AddRequestAsync(new DicomCGetRequest(Study));
        await client.SendAsync(Token);
        Assert.Equal(DicomStatus.UnrecognizedOperation, answer);
    }

    [Fact]
    public async Task C_MOVE_names_its_destination_and_reports_counts()
    {
        _script.Move = Moves;
        List<DicomCMoveResponse> responses = [];
        DicomCMoveRequest move = new("ELSEWHERE", Study, Study + ".1", Study + ".1.1")
        {
            OnResponseReceived = (_, response) => responses.Add(response),
        };
        await SendAsync(move);
        Assert.Equal([(1, 1, 0, 0), (0, 1, 0, 1)], responses.Select(r => (r.Remaining, r.Completed, r.Failures, r.Warnings)));
        DicomCMoveRequest performed = Assert.IsType<DicomCMoveRequest>(Assert.Single(_script.Performed));
        Assert.Equal(("ELSEWHERE", DicomQueryRetrieveLevel.Image), (performed.DestinationAE, performed.Level));
    }

    [Fact]
    public async Task Codes_of_the_retrieve_services_have_their_own_meaning()
    {
        _script.Move = Unknown;
        DicomStatus? status = null;
        await SendAsync(new DicomCMoveRequest("NOBODY", Study) { OnResponseReceived = (_, response) => status = response.Status });
        Assert.Equal((0xA801, DicomState.Failure), (status!.Code, status.State));
        Assert.Contains("destination", status.Description, StringComparison.Ordinal);
        Assert.Equal("not configured", status.ErrorComment);

        static async IAsyncEnumerable<DicomCMoveResponse> Unknown(DicomCMoveRequest request)
        {
            await Task.CompletedTask;
            yield return new DicomCMoveResponse(request, new DicomStatus(DicomStatus.QueryRetrieveMoveDestinationUnknown, "not configured"));
        }
    }

    private static async IAsyncEnumerable<DicomCFindResponse> EndlessMatches(
        DicomCFindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TaskCompletionSource never = new();
        await foreach (DicomCFindResponse response in Matches(request, 5, cancellationToken))
            yield return response;
        await never.Task.WaitAsync(cancellationToken);
    }

    private static async IAsyncEnumerable<DicomCFindResponse> Matches(
        DicomCFindRequest request, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 1; i <= Math.Abs((long)count); i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            DicomStatus status = i == 2 ? DicomStatus.QueryRetrieveOptionalKeysNotSupported : DicomStatus.Pending;
            yield return new DicomCFindResponse(request, status) { Dataset = new DicomDataset { { DicomTag.StudyID, $"{i}" } } };
        }

        if (count < 0)
            throw new InvalidOperationException("provoked");
    }

    private static async IAsyncEnumerable<DicomCGetResponse> SubOperations(ScriptedScp scp, DicomCGetRequest request, IEnumerable<DicomFile> files)
    {
        int completed = 0, failed = 0;
        DicomFile[] all = [.. files];
        foreach (DicomFile file in all)
        {
            TaskCompletionSource<DicomStatus> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                await scp.SendRequestAsync(new DicomCStoreRequest(file) { OnResponseReceived = (_, response) => stored.SetResult(response.Status) });
                if (await stored.Task.WaitAsync(Token) == DicomStatus.Success)
                    completed++;
                else
                    failed++;
            }
            catch (DicomNetworkException)
            {
                failed++;
            }

            yield return new DicomCGetResponse(request, DicomStatus.Pending)
            {
                Remaining = all.Length - completed - failed,
                Completed = completed,
                Failures = failed,
            };
        }

        yield return new DicomCGetResponse(
            request, failed == 0 ? DicomStatus.Success : DicomStatus.QueryRetrieveSubOpsOneOrMoreFailures)
        { Completed = completed, Failures = failed };
    }

    private static async IAsyncEnumerable<DicomCGetResponse> StoreOne(
        ScriptedScp scp, DicomCGetRequest request, Action<DicomStatus> note, Task answered)
    {
        await scp.SendRequestAsync(new DicomCStoreRequest(Instances.Mr()) { OnResponseReceived = (_, response) => note(response.Status) });
        await answered.WaitAsync(Token);
        yield return new DicomCGetResponse(request, DicomStatus.QueryRetrieveUnableToPerformSuboperations);
    }

    private static async IAsyncEnumerable<DicomCMoveResponse> Moves(DicomCMoveRequest request)
    {
        await Task.CompletedTask;
        yield return new DicomCMoveResponse(request, DicomStatus.Pending) { Remaining = 1, Completed = 1 };
        yield return new DicomCMoveResponse(request, DicomStatus.Success) { Completed = 1, Warnings = 1 };
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

    private async Task<List<DicomCFindResponse>> FindAsync(DicomCFindRequest find)
    {
        List<DicomCFindResponse> responses = [];
        find.OnResponseReceived = (_, response) => responses.Add(response);
        await SendAsync(find);
        return responses;
    }

    private async Task<List<DicomCGetResponse>> GetAsync(DicomCGetRequest get, TemporaryFolder folder, bool withRole)
    {
        List<DicomCGetResponse> responses = [];
        get.OnResponseReceived = (_, response) => responses.Add(response);
        IDicomClient client = Client();
        client.AdditionalPresentationContexts.Add(withRole
            ? DicomPresentationContext.GetScpRolePresentationContext(DicomUID.MRImageStorage, DicomTransferSyntax.ExplicitVRLittleEndian)
            : DicomPresentationContext.GetScpRolePresentationContext(DicomUID.CTImageStorage, DicomTransferSyntax.ExplicitVRLittleEndian));
        client.OnCStoreRequest = async request =>
        {
            await request.File!.SaveAsync(folder[$"{request.SOPInstanceUID.UID}.dcm"]);
            return new DicomCStoreResponse(request, DicomStatus.Success);
        };
        await client.AddRequestAsync(get);
        await client.SendAsync(Token);
        return responses;
    }
}
