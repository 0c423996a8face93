using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Tls;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Both sides against DCMTK over mutual TLS.</summary>
public sealed class TlsDcmtkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _received = new();
    private readonly TestCertificates _certificates;
    private readonly TestCertificate _own;
    private readonly TestCertificate _dcmtk;

    public TlsDcmtkTests()
    {
        _certificates = new TestCertificates(_folder.Path);
        _own = _certificates.Issue("own");
        _dcmtk = _certificates.Issue("dcmtk");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
        _received.Dispose();
    }

    [Fact]
    public async Task storescu_sends_a_series()
    {
        string storescu = ExternalTool.Require("storescu", "dcmtk");
        string[] shown = [];
        DefaultTlsAcceptor acceptor = new(_own.Certificate)
        {
            RequireMutualAuthentication = true,
            CertificateValidationCallback = (_, certificate, _, _) =>
            {
                shown = [.. shown, certificate!.Subject];
                return shown is ["CN=dcmtk"];
            },
        };
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, tls: acceptor);
        string[] paths = [.. Enumerable.Range(1, 10).Select(i => Instances.Mr(32 * i, 128).Save(_folder))];

        (int status, _, string error) = await ExternalTool.RunAsync(
            storescu, [.. Options(), "-rc", "127.0.0.1", $"{server.Port}", .. paths], Token);

        Assert.True(status == 0, error);
        Assert.Equal(10, Directory.GetFiles(_received.Path).Length);
        Assert.Equal(["CN=dcmtk"], shown);
    }

    [Fact]
    public async Task storescp_receives_a_series()
    {
        string storescp = ExternalTool.Require("storescp", "dcmtk");
        int port = FreePort();
        using Process process = Process.Start(new ProcessStartInfo(
            storescp, [.. Options(), "-rc", "-q", "+B", "-od", _received.Path, "-uf", $"{port}"])
        { UseShellExecute = false })!;
        try
        {
            await ListeningAsync(port);
            DefaultTlsInitiator initiator = new()
            {
                Certificates = [_own.Certificate],
                CertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=dcmtk",
            };
            IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, initiator, "TESTSCU", "STORESCP");
            List<DicomStatus> statuses = [];
            foreach (int i in Enumerable.Range(1, 10))
                await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(32 * i, 128).Save(_folder))
                { OnResponseReceived = (_, response) => statuses.Add(response.Status) });
            await client.SendAsync(Token);

            Assert.Equal(Enumerable.Repeat(DicomStatus.Success, 10), statuses);
            Assert.Equal(10, Directory.GetFiles(_received.Path).Length);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private string[] Options() => ["+tls", _dcmtk.KeyFile, _dcmtk.File, "+cf", _certificates.AuthorityFile];

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
