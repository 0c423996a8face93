using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

public sealed class StoreTests : IDisposable
{
    private readonly TemporaryFolder _received = new();
    private readonly TemporaryFolder _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _received.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Echo_to_self_is_answered_with_success()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task Files_of_a_batch_arrive_byte_for_byte_over_one_association()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        string[] paths = [.. Enumerable.Range(1, 20).Select(i => Instances.Mr(16 * i, 64).Save(_source))];
        List<DicomStatus> statuses = await SendAsync(server.Client(), paths.Select(path => new DicomCStoreRequest(path)));

        Assert.Equal(20, statuses.Count);
        Assert.All(statuses, status => Assert.Equal(DicomStatus.Success, status));
        foreach (string path in paths)
        {
            byte[] sent = await File.ReadAllBytesAsync(path, Token);
            byte[] received = await File.ReadAllBytesAsync(_received[Path.GetFileName(path)], Token);
            Assert.Equal(Dataset(sent), Dataset(received));
        }

        Assert.Single(server.Events.Drain(), e => e.StartsWith("request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_that_is_gone_when_its_turn_comes_does_not_keep_the_others()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        string[] paths = [.. Enumerable.Range(1, 3).Select(_ => Instances.Mr().Save(_source))];
        IDicomClient client = server.Client();
        DicomCStoreRequest[] requests = [.. paths.Select(path => new DicomCStoreRequest(path))];
        List<DicomStatus> statuses = [];
        foreach (DicomCStoreRequest request in requests)
            request.OnResponseReceived = (_, response) => statuses.Add(response.Status);
        await client.AddRequestsAsync(requests);
        File.Delete(paths[1]);

        DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => client.SendAsync(Token));

        Assert.Contains(paths[1], e.Message, StringComparison.Ordinal);
        Assert.Equal([DicomStatus.Success, DicomStatus.Success], statuses);
    }

    [Fact]
    public async Task Data_set_that_is_changed_while_the_request_before_it_is_answered_is_sent_as_changed()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        DicomCStoreRequest[] requests = [new(Instances.Mr().Save(_source)), new(Instances.Mr().Save(_source))];
        requests[0].OnResponseReceived = (_, _) => requests[1].File!.Dataset.AddOrUpdate(DicomTag.PatientID, "CHANGED");
        IDicomClient client = server.Client();
        await client.AddRequestsAsync(requests);

        await client.SendAsync(Token);

        DicomFile received = DicomFile.Open(_received[$"{requests[1].SOPInstanceUID.UID}.dcm"]);
        Assert.Equal("CHANGED", received.Dataset.GetString(DicomTag.PatientID));
    }

    [Fact]
    public async Task Data_set_in_memory_is_sent()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        DicomFile file = Instances.Mr();
        Assert.Equal([DicomStatus.Success], await SendAsync(server.Client(), [new DicomCStoreRequest(file)]));
        DicomFile received = DicomFile.Open(_received[$"{file.FileMetaInfo.MediaStorageSOPInstanceUID!.UID}.dcm"]);
        Assert.Equal(file.Dataset, received.Dataset);
    }

    [Fact]
    public async Task Explicit_file_is_re_encoded_for_a_peer_that_takes_implicit_only()
    {
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            TransferSyntaxes = [DicomTransferSyntax.ImplicitVRLittleEndian],
        });
        DicomFile file = Instances.Mr();
        string path = file.Save(_source);
        Assert.Equal([DicomStatus.Success], await SendAsync(server.Client(), [new DicomCStoreRequest(path)]));
        DicomFile received = DicomFile.Open(_received[Path.GetFileName(path)]);
        Assert.Equal(DicomTransferSyntax.ImplicitVRLittleEndian, received.FileMetaInfo.TransferSyntax);
        Assert.Equal(file.Dataset.GetValues<byte>(DicomTag.PixelData), received.Dataset.GetValues<byte>(DicomTag.PixelData));
    }

    [Fact]
    public async Task Request_without_an_accepted_context_is_answered_0122_and_the_others_go_on()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, TransferSyntaxes = [DicomTransferSyntax.ImplicitVRLittleEndian] });
        DicomFile compressed = Instances.Mr();
        compressed.FileMetaInfo.TransferSyntax = DicomTransferSyntax.JPEG2000Lossless;
        string path = Instances.Mr().Save(_source);
        List<DicomStatus> statuses = await SendAsync(
            server.Client(), [new DicomCStoreRequest(compressed), new DicomCStoreRequest(path)]);
        Assert.Equal([DicomStatus.SOPClassNotSupported.Code, DicomStatus.Success.Code], statuses.Select(status => status.Code));
        Assert.Contains("JPEG 2000", statuses[0].ErrorComment!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_the_provider_reaches_the_sender()
    {
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Answer = _ => Task.FromResult(new DicomStatus(DicomStatus.StorageStorageOutOfResources, "queue full")),
        });
        List<DicomStatus> statuses = await SendAsync(server.Client(), [new DicomCStoreRequest(Instances.Mr())]);
        Assert.Equal(0xA700, statuses[0].Code);
        Assert.Equal(DicomState.Failure, statuses[0].State);
        Assert.Equal("queue full", statuses[0].ErrorComment);
    }

    [Fact]
    public async Task Instance_that_cannot_be_written_is_answered_A700_and_the_association_goes_on()
    {
        await using TestServer server = new(new StoreLog { Folder = Path.Combine(_received.Path, "not", "there") });
        List<DicomStatus> statuses = await SendAsync(
            server.Client(), [new DicomCStoreRequest(Instances.Mr()), new DicomCStoreRequest(Instances.Mr(512, 512))]);
        Assert.Equal([0xA700, 0xA700], statuses.Select(status => (int)status.Code));
        Assert.Single(server.Events.Drain(), e => e.StartsWith("request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provider_that_throws_answers_0110_and_the_association_goes_on()
    {
        int calls = 0;
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Answer = _ => ++calls == 1 ? throw new InvalidOperationException("provoked") : Task.FromResult(DicomStatus.Success),
        });
        List<DicomStatus> statuses =
            await SendAsync(server.Client(), [new DicomCStoreRequest(Instances.Mr()), new DicomCStoreRequest(Instances.Mr())]);
        Assert.Equal([0x0110, 0x0000], statuses.Select(status => (int)status.Code));
    }

    [Fact]
    public async Task Default_service_hands_over_a_temporary_file_and_removes_it()
    {
        using IDicomServer server = DicomServerFactory.Create<TemporaryFileScp>("127.0.0.1", 0, userState: new List<string>());
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", server.Port, false, "TESTSCU", "TESTSCP");
        Assert.Equal([DicomStatus.Success], await SendAsync(client, [new DicomCStoreRequest(Instances.Mr())]));
        string path = Assert.Single(TemporaryFileScp.Seen);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Port_that_is_taken_is_named()
    {
        using IDicomServer first = DicomServerFactory.Create<TemporaryFileScp>("127.0.0.1", 0);
        DicomNetworkException e = Assert.Throws<DicomNetworkException>(
            () => DicomServerFactory.Create<TemporaryFileScp>("127.0.0.1", first.Port));
        Assert.Contains($"127.0.0.1:{first.Port}", e.Message, StringComparison.Ordinal);
    }

    internal static async Task<List<DicomStatus>> SendAsync(IDicomClient client, IEnumerable<DicomCStoreRequest> requests)
    {
        List<DicomStatus> statuses = [];
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        foreach (DicomCStoreRequest request in requests)
        {
            request.OnResponseReceived = (_, response) => statuses.Add(response.Status);
            await client.AddRequestAsync(request);
        }

        await client.SendAsync(Token);
        return statuses;
    }

    /// <summary>The bytes after the file meta information.</summary>
    internal static byte[] Dataset(byte[] file) => file[(132 + 12 + BitConverter.ToInt32(file, 140))..];
}
