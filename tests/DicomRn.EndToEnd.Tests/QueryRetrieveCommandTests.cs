using System.Globalization;
using System.Text.Json.Nodes;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary><c>send --commit</c>, <c>find</c> and <c>get</c> against Orthanc and dcmqrscp.</summary>
[Collection(SideBySide.Peers)]
public sealed class QueryRetrieveCommandTests(PhantomStudyFolder study) : IClassFixture<PhantomStudyFolder>, IDisposable
{
    private const string AeTitle = "DICOMRN";

    private readonly ScratchFolder _folder = new();
    private readonly int[] _ports = Loopback.FreePorts(2);

    private int PacsPort => _ports[0];

    private string OwnPort => _ports[1].ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orthanc_commits_to_what_was_sent_and_gives_it_back_by_C_GET_and_C_MOVE()
    {
        await using OrthancServer orthanc = await OrthancServer.StartAsync(_folder["orthanc"], PacsPort, AeTitle, _ports[1]);
        string peer = Peer(OrthancServer.AeTitle);

        string sent = await SucceedAsync("send", peer, study.Path, "--commit", "--commit-timeout", "00:01:00", "--listen", OwnPort);
        Assert.Contains($"{study.FileCount} of {study.FileCount} instances stored, {study.FileCount} committed", sent, StringComparison.Ordinal);
        await AssertFoundAsync(peer);
        await AssertFetchedAsync("get", peer, "--study", study.StudyInstanceUid);
        await AssertFetchedAsync("moved", peer, "--study", study.StudyInstanceUid, "--move-to", AeTitle, "--listen", OwnPort, "--bind", "127.0.0.1");
    }

    [Fact]
    public async Task dcmqrscp_gives_back_what_was_sent_by_C_GET_and_C_MOVE()
    {
        await using RunningProgram qrscp = await StartQrscpAsync();
        string peer = Peer("QRSCP");
        string sent = await SucceedAsync("send", peer, study.Path);
        Assert.Contains($"{study.FileCount} of {study.FileCount} instances stored", sent, StringComparison.Ordinal);
        await AssertFoundAsync(peer);
        await AssertFetchedAsync("get", peer, "--study", study.StudyInstanceUid);
        await AssertFetchedAsync("moved", peer, "--study", study.StudyInstanceUid, "--move-to", AeTitle, "--listen", OwnPort, "--bind", "127.0.0.1");
    }

    [Fact]
    public async Task Peer_without_storage_commitment_fails_the_command_after_storing()
    {
        await using RunningProgram qrscp = await StartQrscpAsync();
        string file = Directory.GetFiles(study.Path, "*.dcm", SearchOption.AllDirectories)[0];
        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(_folder.Path, "send", Peer("QRSCP"), file, "--commit");
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 1 instances stored, 0 committed", output, StringComparison.Ordinal);
        Assert.Contains("status 0122", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_to_a_destination_that_the_peer_does_not_know_fails_with_its_reason()
    {
        await using RunningProgram qrscp = await StartQrscpAsync();
        await SucceedAsync("send", Peer("QRSCP"), Directory.GetFiles(study.Path, "*.dcm", SearchOption.AllDirectories)[0]);
        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(
            _folder.Path, "get", Peer("QRSCP"), "--study", study.StudyInstanceUid, "--output", _folder["none"], "--move-to", "STRANGER", "--listen", OwnPort, "--json");
        Assert.Equal(1, exitCode);
        Assert.Equal("A801", JsonNode.Parse(output)!["status"]!.GetValue<string>());
        Assert.Contains("destination unknown", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_that_the_peer_does_not_have_fails_the_command()
    {
        await using RunningProgram qrscp = await StartQrscpAsync();
        (int exitCode, _, string error) = await DicomRnProgram.RunAsync(
            _folder.Path, "get", Peer("QRSCP"), "--study", "1.2.3", "--output", _folder["none"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("nothing of this", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private async Task AssertFoundAsync(string peer)
    {
        string found = await SucceedAsync("find", peer, "--key", $"StudyInstanceUID={study.StudyInstanceUid}", "--return", "PatientID", "--json");
        JsonNode match = Assert.Single(JsonNode.Parse(found)!.AsArray())!;
        Assert.Equal(study.StudyInstanceUid, match["0020000D"]!["Value"]![0]!.GetValue<string>());
        string series = await SucceedAsync("find", peer, "--level", "series", "--key", $"StudyInstanceUID={study.StudyInstanceUid}", "--key", "Modality=MR");
        Assert.Contains("MR", series, StringComparison.Ordinal);
        Assert.DoesNotContain("RTSTRUCT", series, StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse(await SucceedAsync("find", peer, "--key", "PatientID=NOBODY", "--json"))!.AsArray());
    }

    /// <summary>The files fetched are those of the study, their pixels unchanged.</summary>
    private async Task AssertFetchedAsync(string folder, string peer, params string[] arguments)
    {
        string fetched = await SucceedAsync(["get", peer, "--output", _folder[folder], .. arguments, "--json"]);
        JsonNode result = JsonNode.Parse(fetched)!;
        Assert.Equal("0000", result["status"]!.GetValue<string>());
        Assert.Equal(study.FileCount, result["files"]!.AsArray().Count);
        foreach (string path in Directory.GetFiles(study.Path, "*.dcm", SearchOption.AllDirectories))
        {
            DicomFile sent = await DicomFile.OpenAsync(path);
            DicomFile received = await DicomFile.OpenAsync(_folder[folder, sent.Dataset.GetString(DicomTag.SOPInstanceUID) + ".dcm"]);
            if (sent.Dataset.Contains(DicomTag.PixelData))
                Assert.Equal(sent.Dataset.GetValues<byte>(DicomTag.PixelData), received.Dataset.GetValues<byte>(DicomTag.PixelData));
        }
    }

    private async Task<string> SucceedAsync(params string[] arguments)
    {
        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(_folder.Path, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private string Peer(string aeTitle) => string.Create(CultureInfo.InvariantCulture, $"{aeTitle}@127.0.0.1:{PacsPort}");

    private async Task<RunningProgram> StartQrscpAsync()
    {
        string program = ExternalTool.Require("dcmqrscp", "dcmtk");
        Directory.CreateDirectory(_folder["qr"]);
        await File.WriteAllTextAsync(_folder["qr.cfg"], string.Create(CultureInfo.InvariantCulture, $"""
            NetworkTCPPort = {PacsPort}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            node = ({AeTitle}, 127.0.0.1, {OwnPort})
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            QRSCP {_folder["qr"]} RW (10, 1024mb) ANY
            AETable END

            """), TestContext.Current.CancellationToken);
        // DCMTK as it is shipped leaves Nagle's algorithm on, which costs 40 ms per instance.
        RunningProgram running = RunningProgram.Start(
            program, ["-c", _folder["qr.cfg"]], _folder.Path, new Dictionary<string, string> { ["TCP_NODELAY"] = "1" });
        await Eventually.GetAsync("dcmqrscp to answer", TimeSpan.FromSeconds(30), async token =>
        {
            (int exitCode, _, _) = await DicomRnProgram.RunAsync(_folder.Path, "echo", Peer("QRSCP"));
            return exitCode == 0 ? "" : null;
        });
        return running;
    }
}
