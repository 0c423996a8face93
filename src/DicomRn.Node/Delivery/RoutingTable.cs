using DicomRn.Node.Administration;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>
/// The routes of the settings. Without any, every result goes to every peer that receives results; with some, a result goes
/// where those that it matches lead, all of them, and nowhere if there is none.
/// </summary>
internal sealed class RoutingTable : IResultRouting
{
    private const string Separator = ", ";

    private readonly Route[] _routes;
    private readonly string[] _receivers;

    /// <param name="node">The peers.</param>
    /// <param name="delivery">The routes, validated.</param>
    public RoutingTable(NodeOptions node, DeliveryOptions delivery)
    {
        _receivers = [.. node.Peers.Where(p => p.Value.ReceivesResults).Select(p => p.Key).Order(StringComparer.Ordinal)];
        _routes = [.. delivery.Routes.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Route.Of(r.Key, r.Value, node, _receivers))];
    }

    /// <inheritdoc/>
    public bool HasDestinations => _receivers.Length > 0;

    /// <summary>Names of the peers that receive results.</summary>
    public IReadOnlyList<string> Destinations => _receivers;

    /// <inheritdoc/>
    IReadOnlyList<RoutedResult> IResultRouting.Route(
        ResultKind kind, StudyOutcome outcome, IReadOnlyCollection<string> sources, DateTimeOffset now)
    {
        if (_routes.Length == 0)
            return [.. _receivers.Select(receiver => new RoutedResult(receiver, null, null))];
        Route[] matching = [.. _routes.Where(route => route.Matches(kind, outcome, sources))];
        return
        [
            .. matching.SelectMany(route => route.Destinations).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(destination =>
                {
                    Route[] leading = [.. matching.Where(route => route.Destinations.Contains(destination))];
                    DateTimeOffset opening = leading.Min(route => route.NextOpening(now));
                    return new RoutedResult(
                        destination, string.Join(Separator, leading.Select(route => route.Name)), opening > now ? opening : null);
                }),
        ];
    }

    /// <summary>When the first of some routes lets results through; at once where they have no hours, or are no more.</summary>
    /// <param name="routes">Their names, as in <see cref="RoutedResult.Routes"/>.</param>
    /// <param name="time">Not before this time.</param>
    public DateTimeOffset NextOpening(string? routes, DateTimeOffset time)
    {
        if (routes is null)
            return time;
        HashSet<string> names = [.. routes.Split(Separator)];
        Route[] still = [.. _routes.Where(route => names.Contains(route.Name))];
        return still.Length == 0 ? time : still.Min(route => route.NextOpening(time));
    }

    private sealed record Route(
        string Name, HashSet<string>? Sources, IReadOnlyList<ResultKind> Kinds, StudyOutcome? OnlyWhen, HashSet<string> Destinations,
        DeliverySchedule? Schedule)
    {
        public static Route Of(string name, RouteOptions route, NodeOptions node, string[] receivers) => new(
            name,
            route.Sources.Count == 0
                ? null
                : [.. route.Sources.Select(source => node.Peers.TryGetValue(source, out PeerOptions? peer) ? peer.AeTitle.Trim() : source.Trim())],
            route.Results,
            route.OnlyWhen,
            [.. receivers.Where(receiver => route.Destinations.Contains(receiver, StringComparer.OrdinalIgnoreCase))],
            route.ReadSchedule());

        public bool Matches(ResultKind kind, StudyOutcome outcome, IReadOnlyCollection<string> sources) =>
            (Kinds.Count == 0 || Kinds.Contains(kind))
            && (OnlyWhen is null || OnlyWhen == outcome)
            && (Sources is null || sources.Any(source => Sources.Contains(source.Trim())));

        public DateTimeOffset NextOpening(DateTimeOffset time) => Schedule?.NextOpening(time) ?? time;
    }
}
