using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Delivery;

/// <summary>Runs the queues of all destinations side by side.</summary>
internal sealed class DeliveryService : BackgroundService
{
    private readonly DestinationQueue[] _queues;

    public DeliveryService(
        StateStore store, StudyFeed feed, NodeOptions node, NodeTls tls, DeliveryOptions options, TimeProvider timeProvider,
        ILogger<DeliveryService> logger)
    {
        _queues =
        [
            .. node.Peers
                .Where(peer => peer.Value.ReceivesResults)
                .Select(peer => new DestinationQueue(
                    peer.Key, PeerCall.Of(node, peer.Value, tls.InitiatorFor(peer.Value)), options, store, timeProvider, logger)),
        ];
        feed.Published += changes =>
        {
            if (changes.Any(change => change.To == StudyState.Delivering))
                Array.ForEach(_queues, queue => queue.Ring());
        };
        feed.Awakened += () => Array.ForEach(_queues, queue => queue.Ring());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_queues.Select(queue => queue.RunAsync(stoppingToken)));
}
