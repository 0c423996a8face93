using System.Net;
using System.Net.Sockets;
using System.Text;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Administration.Audit;

public sealed class SyslogSenderTests : IDisposable
{
    private readonly NodeFolder _folder = new();
    private readonly TemporaryFolder _certificates = new();
    private readonly TestCertificates _authority;
    private readonly LogLines _log = new();

    public SyslogSenderTests() => _authority = new TestCertificates(_certificates.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Messages_arrive_over_TLS_as_RFC_5424_says_with_the_values_of_PS3_15()
    {
        await using SyslogServer server = new(_authority.Issue("syslog").Certificate);
        await using Trail trail = await StartAsync(server.Port);
        trail.Post("MÜNCHEN");

        string message = await server.NextAsync(Token);

        Assert.Matches("^<85>1 [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z [^ ]+ dicomrn [0-9]+ DICOM\\+RFC3881 - \uFEFF<AuditMessage>.*</AuditMessage>$", message);
        Assert.Contains("AETITLES=MÜNCHEN", message, StringComparison.Ordinal);
        Assert.Empty(AuditSchema.Validate(message[(message.IndexOf('\uFEFF', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task Messages_wait_for_a_server_that_is_not_there_and_come_once_each_over_restarts()
    {
        X509 certificate = new(_authority.Issue("syslog"));
        int port = FreePort();
        await using (Trail before = await StartAsync(port))
        {
            before.Post("FIRST");
            await _log.LineAsync("6201", "does not take messages");
        }

        await using (SyslogServer server = new(certificate.Value, port))
        {
            await using (Trail during = await StartAsync(port))
            {
                Assert.Contains("AETITLES=FIRST", await server.NextAsync(Token), StringComparison.Ordinal);
                during.Post("SECOND");
                Assert.Contains("AETITLES=SECOND", await server.NextAsync(Token), StringComparison.Ordinal);
            }

            await using Trail after = await StartAsync(port);
            after.Post("THIRD");
            Assert.Contains("AETITLES=THIRD", await server.NextAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Server_that_ends_and_comes_back_gets_what_was_said_meanwhile()
    {
        X509 certificate = new(_authority.Issue("syslog"));
        SyslogServer first = new(certificate.Value);
        int port = first.Port;
        await using Trail trail = await StartAsync(port);
        trail.Post("FIRST");
        Assert.Contains("AETITLES=FIRST", await first.NextAsync(Token), StringComparison.Ordinal);
        await first.DisposeAsync();
        await _log.LineAsync("6201", "does not take messages");
        trail.Post("SECOND");

        await using SyslogServer second = new(certificate.Value, port);
        trail.Post("THIRD");

        Assert.Contains("AETITLES=SECOND", await second.NextAsync(Token), StringComparison.Ordinal);
        Assert.Contains("AETITLES=THIRD", await second.NextAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_with_a_certificate_of_another_authority_gets_nothing()
    {
        using TestCertificates others = new(_certificates.Path, "Other CA");
        await using SyslogServer server = new(others.Issue("rogue").Certificate);
        await using Trail trail = await StartAsync(server.Port);
        trail.Post("SECRET");

        string warning = await _log.LineAsync("6201", "no trusted authority");

        Assert.DoesNotContain("SECRET", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_go_over_UDP_where_the_settings_say_so()
    {
        using UdpClient server = new(new IPEndPoint(IPAddress.Loopback, 0));
        await using Trail trail = await StartAsync(((IPEndPoint)server.Client.LocalEndPoint!).Port, SyslogTransport.Udp);
        trail.Post("DICOMRN");

        string message = Encoding.UTF8.GetString((await server.ReceiveAsync(Token)).Buffer);

        Assert.StartsWith("<85>1 ", message, StringComparison.Ordinal);
        Assert.EndsWith("</AuditMessage>", message, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<Trail> StartAsync(int port, SyslogTransport transport = SyslogTransport.Tls)
    {
        AuditOptions options = new()
        {
            Syslog = new AuditSyslogOptions
            {
                Host = "127.0.0.1",
                Port = port,
                Transport = transport,
                RetryDelay = TimeSpan.FromMilliseconds(20),
                Tls = new PeerTlsOptions { Trust = new TrustOptions { AuthoritiesFile = _authority.AuthorityFile } },
            },
        };
        AuditFiles files = new(options, _folder.Folders, TimeProvider.System);
        AuditTrail trail = new(options, new NodeOptions(), files, TimeProvider.System, NullLogger<AuditTrail>.Instance);
        SyslogSender sender = new(options, trail, files, TimeProvider.System, _log);
        await sender.StartAsync(Token);
        return new Trail(trail, sender);
    }

    private sealed record X509(TestCertificate Issued)
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2 Value => Issued.Certificate;
    }

    private sealed class Trail(AuditTrail trail, SyslogSender sender) : IAsyncDisposable
    {
        public void Post(string aeTitle) => trail.Post(AuditEvents.Application(aeTitle, starts: true));

        public async ValueTask DisposeAsync()
        {
            await trail.FlushAsync(Token);
            await sender.StopAsync(Token);
            sender.Dispose();
            await trail.DisposeAsync();
        }
    }
}
