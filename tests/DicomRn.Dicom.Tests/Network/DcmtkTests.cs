using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Both sides against DCMTK.</summary>
public sealed class DcmtkTests : IDisposable
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
    public async Task echoscu_is_answered()
    {
        string echoscu = ExternalTool.Require("echoscu", "dcmtk");
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (int status, _, string error) = await ExternalTool.RunAsync(echoscu, ["127.0.0.1", $"{server.Port}"], Token);
        Assert.True(status == 0, error);
    }

    [Fact]
    public async Task echoscu_with_an_unknown_AE_title_is_told_so()
    {
        string echoscu = ExternalTool.Require("echoscu", "dcmtk");
        await using TestServer server = new(new StoreLog { Folder = _received.Path, CallingAes = ["TESTSCU"] });
        (int status, string output, string error) = await ExternalTool.RunAsync(echoscu, ["127.0.0.1", $"{server.Port}"], Token);
        Assert.NotEqual(0, status);
        Assert.Contains("Calling AE Title Not Recognized", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+x=")]
    [InlineData("-xi")]
    public async Task storescu_sends_a_series(string syntaxes)
    {
        string storescu = ExternalTool.Require("storescu", "dcmtk");
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        DicomFile[] files = [.. Enumerable.Range(1, 10).Select(i => Instances.Mr(32 * i, 128))];
        string option = syntaxes == "+x=" ? "-x=" : syntaxes;
        (int status, _, string error) = await ExternalTool.RunAsync(
            storescu, ["-v", option, "127.0.0.1", $"{server.Port}", .. files.Select(file => file.Save(_source))], Token);
        Assert.True(status == 0, error);
        foreach (DicomFile file in files)
        {
            DicomFile received = DicomFile.Open(_received[$"{file.FileMetaInfo.MediaStorageSOPInstanceUID!.UID}.dcm"]);
            Assert.Equal(file.Dataset.GetValues<byte>(DicomTag.PixelData), received.Dataset.GetValues<byte>(DicomTag.PixelData));
            Assert.Equal("STORESCU", received.FileMetaInfo.SourceApplicationEntityTitle);
        }
    }

    [Theory]
    [InlineData("4096")]
    [InlineData("131072")]
    public async Task storescp_receives_a_series(string maximumPdu)
    {
        string storescp = ExternalTool.Require("storescp", "dcmtk");
        int port = FreePort();
        using Process process = Process.Start(new ProcessStartInfo(
            storescp, ["-q", "-pdu", maximumPdu, "+B", "-od", _received.Path, "-uf", $"{port}"])
        { UseShellExecute = false })!;
        try
        {
            await ListeningAsync(port);
            string[] paths = [.. Enumerable.Range(1, 10).Select(i => Instances.Mr(32 * i, 128).Save(_source))];
            IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "TESTSCU", "STORESCP");
            List<DicomStatus> statuses = [];
            foreach (string path in paths)
                await client.AddRequestAsync(new DicomCStoreRequest(path) { OnResponseReceived = (_, response) => statuses.Add(response.Status) });
            DicomStatus? echo = null;
            await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, response) => echo = response.Status });
            await client.SendAsync(Token);

            Assert.Equal(Enumerable.Repeat(DicomStatus.Success, 10), statuses);
            Assert.Equal(DicomStatus.Success, echo);
            Assert.Equal(10, Directory.GetFiles(_received.Path).Length);
            foreach (string path in Directory.GetFiles(_received.Path))
            {
                DicomFile received = DicomFile.Open(path);
                DicomFile sent = DicomFile.Open(_source[$"{received.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID)}.dcm"]);
                Assert.Equal(sent.Dataset, received.Dataset);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task ListeningAsync(int port)
    {
        while (true)
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, port, Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
