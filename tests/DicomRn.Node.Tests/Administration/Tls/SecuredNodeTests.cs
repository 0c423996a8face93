using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Assembly;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Administration.Tls;

/// <summary>A whole node between a modality and a PACS that both speak TLS only.</summary>
public sealed class SecuredNodeTests : IDisposable
{
    private const string ResultSop = Instances.Study + ".9.1";

    private readonly TlsFixture _tls = new();
    private readonly NodeFolder _folder = new();
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
        _received.Dispose();
    }

    [Fact]
    public async Task Study_sent_by_storescu_over_mutual_TLS_ends_as_results_at_a_PACS_over_mutual_TLS()
    {
        string storescu = ExternalTool.Require("storescu", "dcmtk");
        using FolderReceiver pacs = Pacs();
        NodeSettings settings = Settings(pacs.Port);
        LogLines log = new();
        FakePipeline pipeline = new(async (_, _) => new StudyResult
        {
            StudyInstanceUid = Instances.Study,
            Outcome = StudyOutcome.Answered,
            Results =
            [
                new ResultFile(
                    await Instances.WriteResultAsync(_folder, ResultSop), ResultKind.SC,
                    DicomUID.SecondaryCaptureImageStorage.UID, ResultSop, Instances.Study + ".9"),
            ],
        });
        await using NodeHost node = await NodeHost.CreateAsync(
            settings, logging => logging.AddProvider(log), services => services.AddSingleton<IStudyPipeline>(pipeline), Token);
        await node.StartAsync(Token);
        using StudySubscription studies = node.Studies.Subscribe();
        string file = _tls["instance.dcm"];
        await Instances.Mr(Instances.Study + ".1.1").SaveAsync(file);

        (int status, _, string error) = await ExternalTool.RunAsync(
            storescu,
            [
                "+tls", _tls.Modality.KeyFile, _tls.Modality.File, "+cf", _tls.Trust.AuthoritiesFile!, "-rc",
                "-aet", "MODALITY", "-aec", "DICOMRN", "127.0.0.1", $"{node.SecuredPort}", file,
            ],
            Token);
        Assert.True(status == 0, error);
        await studies.WaitForAsync(Instances.Study, Token, StudyState.Delivered);

        Assert.True(File.Exists(_received[ResultSop + ".dcm"]));
        await node.StopAsync(Token);
    }

    [Fact]
    public async Task Check_tells_certificates_trust_ports_and_peers_over_TLS()
    {
        using FolderReceiver pacs = Pacs();
        NodeSettings settings = Settings(pacs.Port);

        IReadOnlyList<CheckResult> results = await new NodeCheck(settings).RunAsync(Token);

        CheckResult certificate = Assert.Single(results, result => result.Subject == "certificate of the node");
        Assert.True(certificate.IsWell, certificate.Finding);
        Assert.Contains("CN=node for node, localhost, 127.0.0.1", certificate.Finding, StringComparison.Ordinal);
        Assert.Contains("chain complete", certificate.Finding, StringComparison.Ordinal);
        Assert.Contains(results, result => result is { Subject: "trust of the node", IsWell: true });
        Assert.Contains(results, result => result is { Subject: "secured port", IsWell: true });
        Assert.DoesNotContain(results, result => result.Subject == "port");
        CheckResult peer = Assert.Single(results, result => result.Subject == "peer PACS");
        Assert.True(peer.IsWell && peer.Finding.EndsWith(" over TLS", StringComparison.Ordinal), peer.Finding);
    }

    [Fact]
    public async Task Check_tells_what_is_wrong_with_a_certificate_and_goes_on()
    {
        using FolderReceiver pacs = Pacs();
        NodeSettings settings = Settings(pacs.Port);
        settings.Node.Tls.Certificate!.KeyFile = _tls.Modality.KeyFile;

        IReadOnlyList<CheckResult> results = await new NodeCheck(settings).RunAsync(Token);

        Assert.Contains(results, result =>
            result is { Subject: "certificate of the node", IsWell: false } && result.Finding.Contains("does not belong", StringComparison.Ordinal));
        Assert.Contains(results, result => result is { Subject: "peer PACS", IsWell: false });
        Assert.Contains(results, result => result.Subject == "model");
    }

    private FolderReceiver Pacs() => FolderReceiver.Start(new FolderReceiverSettings
    {
        Folder = _received.Path,
        BindAddress = "127.0.0.1",
        AeTitle = "PACS",
        Tls = new TlsServerOptions { Certificate = TlsFixture.Options(_tls.Issue("pacs")), Trust = _tls.Trust },
    });

    private NodeSettings Settings(int pacsPort)
    {
        NodeOptions node = _tls.NodeOptions();
        node.BindAddress = "127.0.0.1";
        node.ListensPlain = false;
        node.DataDirectory = _folder.Path;
        node.Peers["PACS"] = new PeerOptions
        {
            AeTitle = "PACS",
            Host = "localhost",
            Port = pacsPort,
            Sends = false,
            ReceivesResults = true,
            Tls = new PeerTlsOptions(),
        };
        return new NodeSettings
        {
            Node = node,
            Assembly = new AssemblyOptions { QuietPeriod = TimeSpan.FromMilliseconds(50) },
        };
    }
}
