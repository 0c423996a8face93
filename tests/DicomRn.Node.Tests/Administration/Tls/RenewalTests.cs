using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Administration.Tls;

/// <summary>Certificates and authorities change while associations run.</summary>
public sealed class RenewalTests : IDisposable
{
    private readonly TlsFixture _tls = new();
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Association_goes_on_and_the_next_one_sees_the_new_certificate()
    {
        LogLines log = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder, _tls.NodeOptions(), log: log);
        TestCertificate renewed = _tls.Issue("renewed");
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, _tls.Initiator(_tls.Modality), "MODALITY", "DICOMRN");
        int associations = 0;
        client.AssociationAccepted += (_, _) => associations++;
        List<DicomStatus> statuses = [];
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr("1.1"))
        {
            OnResponseReceived = (_, response) =>
            {
                statuses.Add(response.Status);
                File.Copy(renewed.File, _tls.Node.File, overwrite: true);
                File.Copy(renewed.KeyFile, _tls.Node.KeyFile, overwrite: true);
            },
        });
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr("1.2"))
        { OnResponseReceived = (_, response) => statuses.Add(response.Status) });

        await client.SendAsync(Token);

        Assert.Equal([DicomStatus.Success, DicomStatus.Success], statuses);
        Assert.Equal(1, associations);
        TrustOptions onlyRenewed = new() { Pinned = [renewed.Fingerprint] };
        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality, onlyRenewed)));
        await log.LineAsync("6010", "CN=renewed");
    }

    [Fact]
    public async Task Authority_that_is_added_to_the_file_is_trusted_at_once_and_a_broken_file_changes_nothing()
    {
        LogLines log = new();
        NodeOptions options = _tls.NodeOptions();
        string file = _tls["authorities.pem"];
        File.Copy(options.Tls.Trust.AuthoritiesFile!, file);
        options.Tls.Trust.AuthoritiesFile = file;
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder, options, log: log);
        TestCertificate self = _tls.Issue("self", selfSigned: true);
        ITlsInitiator initiator = _tls.Initiator(self);

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => SendAsync(node, initiator));
        await File.AppendAllTextAsync(file, "\n" + await File.ReadAllTextAsync(self.File, Token), Token);
        Assert.Equal(DicomStatus.Success, await SendAsync(node, initiator));
        await File.WriteAllTextAsync(file, "nothing", Token);
        Assert.Equal(DicomStatus.Success, await SendAsync(node, initiator));

        await log.LineAsync("6014", "no certificate");
    }

    private static Task<DicomStatus> SendAsync(ReceivingNode node, ITlsInitiator tls) =>
        node.SendAsync(new DicomCStoreRequest(Instances.Mr("1.9")), tls: tls);
}
