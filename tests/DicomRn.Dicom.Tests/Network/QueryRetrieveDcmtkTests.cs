using System.Runtime.CompilerServices;
using DicomRn.Dicom.Network;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>The SCP side of C-FIND and C-GET against DCMTK.</summary>
public sealed class QueryRetrieveDcmtkTests : IDisposable
{
    private readonly ScpScript _script = new();
    private readonly IDicomServer _server;
    private readonly TemporaryFolder _received = new();

    public QueryRetrieveDcmtkTests() => _server = DicomServerFactory.Create<ScriptedScp>("127.0.0.1", 0, userState: _script);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        _received.Dispose();
    }

    [Fact]
    public async Task findscu_gets_every_match()
    {
        _script.Find = (request, token) => Matches(request, 4, token);
        string output = await RunAsync("findscu", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyID");
        Assert.Equal(4, output.Split("Find Response:").Length - 1);
    }

    [Fact]
    public async Task findscu_that_cancels_is_answered_with_cancel()
    {
        _script.Find = (request, token) => Matches(request, int.MaxValue, token);
        string output = await RunAsync("findscu", "-S", "--cancel", "2", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyID");
        Assert.Contains("(Cancel", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task getscu_receives_over_its_own_association()
    {
        DicomFile file = Instances.Mr(256, 256);
        _script.Get = (scp, request) => One(scp, request, file);
        await RunAsync("getscu", "-S", "-od", _received.Path, "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3");
        DicomFile received = await DicomFile.OpenAsync(Assert.Single(Directory.GetFiles(_received.Path)));
        Assert.Equal(file.Dataset.GetValues<byte>(DicomTag.PixelData), received.Dataset.GetValues<byte>(DicomTag.PixelData));
    }

    private static async IAsyncEnumerable<DicomCFindResponse> Matches(
        DicomCFindRequest request, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 1; i <= count; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new DicomCFindResponse(request, DicomStatus.Pending)
            {
                Dataset = new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyID, $"{i}" } },
            };
        }
    }

    private static async IAsyncEnumerable<DicomCGetResponse> One(ScriptedScp scp, DicomCGetRequest request, DicomFile file)
    {
        TaskCompletionSource<DicomStatus> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await scp.SendRequestAsync(new DicomCStoreRequest(file) { OnResponseReceived = (_, response) => stored.SetResult(response.Status) });
        yield return new DicomCGetResponse(request, await stored.Task.WaitAsync(Token)) { Completed = 1 };
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        (int status, string output, string error) = await ExternalTool.RunAsync(
            ExternalTool.Require(program, "dcmtk"), ["-v", .. arguments, "127.0.0.1", $"{_server.Port}"], Token);
        Assert.True(status == 0, output + error);
        return output + error;
    }
}
