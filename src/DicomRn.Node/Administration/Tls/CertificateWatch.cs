using Microsoft.Extensions.Hosting;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Looks after the node's certificates while nobody calls: new files are tried, and an end that comes near is warned of daily.</summary>
internal sealed class CertificateWatch(NodeTls tls, NodeOptions node, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (tls.Certificates.Count == 0)
            return;
        using PeriodicTimer timer = new(Period, time);
        do
        {
            foreach (OwnCertificate certificate in tls.Certificates)
                certificate.WarnOfEnd(node.Tls.ExpiryWarning);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
