using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Delivery;

/// <summary>Runs the queues of all destinations, and the confirmation of what they took, side by side.</summary>
internal sealed class DeliveryService : BackgroundService
{
    private readonly StateStore _store;
    private readonly RoutingTable _routing;
    private readonly ILogger<DeliveryService> _logger;
    private readonly Dictionary<string, (DestinationQueue Queue, ResultConfirmation Confirmation)> _destinations = new(StringComparer.Ordinal);

    public DeliveryService(
        StateStore store, StudyFeed feed, NodeOptions node, NodeTls tls, DeliveryOptions options, RoutingTable routing,
        CommitmentReports reports, TimeProvider timeProvider, ILogger<DeliveryService> logger, QueryRetrieveFeed? queries = null)
    {
        _store = store;
        _routing = routing;
        _logger = logger;
        foreach (string name in routing.Destinations)
        {
            PeerOptions peer = node.Peers[name];
            PeerCall call = PeerCall.Of(node, peer, tls.InitiatorFor(peer));
            Destination destination = new(name, queries?.Watch(call, timeProvider) ?? call, peer.Commitment);
            DestinationQueue queue = new(destination, options, routing, store, timeProvider, logger);
            ResultConfirmation confirmation = new(destination, options, store, reports, timeProvider, logger);
            queue.Sent += confirmation.Ring;
            confirmation.Requeued += queue.Ring;
            _destinations.Add(name, (queue, confirmation));
        }

        reports.Recorded += (destination, _, _) =>
        {
            if (_destinations.TryGetValue(destination, out (DestinationQueue Queue, ResultConfirmation Confirmation) known))
            {
                known.Queue.Ring();
                known.Confirmation.Ring();
            }
        };
        feed.Published += changes =>
        {
            if (changes.Any(change => change.To == StudyState.Delivering))
                foreach ((DestinationQueue queue, _) in _destinations.Values)
                    queue.Ring();
        };
        feed.Awakened += () =>
        {
            foreach ((DestinationQueue queue, ResultConfirmation confirmation) in _destinations.Values)
            {
                queue.Ring();
                confirmation.Ring();
            }
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int orphans = await _store.FailOtherDestinationsAsync(_routing.Destinations);
        if (orphans > 0)
            DeliveryLog.Orphaned(_logger, orphans);
        await Task.WhenAll(_destinations.Values.SelectMany(destination =>
            new[] { destination.Queue.RunAsync(stoppingToken), destination.Confirmation.RunAsync(stoppingToken) }));
    }
}
