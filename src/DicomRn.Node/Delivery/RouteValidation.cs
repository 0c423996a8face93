using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Delivery;

/// <summary>What is wrong with routes beyond each one by itself: the peers that they name, and one another.</summary>
internal static class RouteValidation
{
    /// <summary>Notes the errors.</summary>
    /// <param name="routes">The routes by name.</param>
    /// <param name="node">The peers.</param>
    /// <param name="errors">Of the section of the routes.</param>
    public static void Validate(IReadOnlyDictionary<string, RouteOptions> routes, NodeOptions node, SettingErrors errors)
    {
        foreach ((string name, RouteOptions route) in routes)
        {
            if (name.Contains(',', StringComparison.Ordinal))
                errors.Add(name, null, "a comma in the name of a route", "a name without one");
            SettingErrors own = errors.Of(name);
            foreach (string destination in route.Destinations)
            {
                if (!Peers(node).TryGetValue(destination, out PeerOptions? peer))
                    own.Add(nameof(RouteOptions.Destinations), destination, "no such peer", Names(node, p => p.ReceivesResults));
                else if (!peer.ReceivesResults)
                    own.Add(nameof(RouteOptions.Destinations), destination, "this peer does not receive results", $"a peer with ReceivesResults: {Names(node, p => p.ReceivesResults)}");
            }

            foreach (string source in route.Sources)
            {
                if (!Peers(node).TryGetValue(source, out PeerOptions? peer))
                {
                    if (!node.AcceptUnknownPeers)
                        own.Add(nameof(RouteOptions.Sources), source, "no such peer", Names(node, p => p.Sends));
                }
                else if (!peer.Sends && !node.AcceptUnknownPeers)
                {
                    own.Add(nameof(RouteOptions.Sources), source, "this peer may not send", $"a peer with Sends: {Names(node, p => p.Sends)}");
                }
            }

            if (!route.HasSchedule)
                continue;
            foreach (string destination in route.Destinations)
                if (routes.FirstOrDefault(other => IsAlwaysOpen(other.Value, route, destination)).Key is { } open)
                    own.Add(nameof(RouteOptions.Hours), route.Hours ?? string.Join(", ", route.Days),
                        $"without effect for {destination}: the route {open} sends the same there at any time", "no schedule here, or one there too");
        }
    }

    /// <summary>Whether a route without a schedule covers what another, with one, sends to a destination.</summary>
    private static bool IsAlwaysOpen(RouteOptions other, RouteOptions route, string destination) =>
        !other.HasSchedule
        && other.Destinations.Contains(destination, StringComparer.OrdinalIgnoreCase)
        && Covers(other.Sources, route.Sources, StringComparer.OrdinalIgnoreCase)
        && Covers(other.Results, route.Results, EqualityComparer<Pipeline.ResultKind>.Default)
        && (other.OnlyWhen is null || other.OnlyWhen == route.OnlyWhen);

    // An empty list is everything.
    private static bool Covers<T>(IReadOnlyList<T> wide, IReadOnlyList<T> narrow, IEqualityComparer<T> comparer) =>
        wide.Count == 0 || (narrow.Count > 0 && narrow.All(item => wide.Contains(item, comparer)));

    private static Dictionary<string, PeerOptions> Peers(NodeOptions node) => new(node.Peers, StringComparer.OrdinalIgnoreCase);

    private static string Names(NodeOptions node, Func<PeerOptions, bool> which)
    {
        string[] names = [.. node.Peers.Where(p => which(p.Value)).Select(p => p.Key).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? $"one of {string.Join(", ", names)}" : "none: there is no such peer in Node:Peers";
    }
}
