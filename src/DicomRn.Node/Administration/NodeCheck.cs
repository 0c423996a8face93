using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DicomRn.Learning.Packs;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Classification;
using DicomRn.Node.Delivery;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration;

/// <summary>
/// Tries what a node with these settings will need, without starting it or changing anything. The audit trail of a node that has run tells of
/// the queries that it makes.
/// </summary>
public sealed class NodeCheck(NodeSettings settings)
{
    private static readonly TimeSpan EchoTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<SentQuery> _queries = new();

    private DataFolders Folders => new(settings.Node.DataDirectory, settings.State.IsShared ? settings.Node.NameOrDefault : null);

    /// <summary>Runs all checks; a failing one does not keep the others from being made.</summary>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        (CheckResult directory, bool isInUse) = CheckDataDirectory();
        List<CheckResult> results = [directory];
        if (settings.State.IsShared)
            results.Add(await new StateCheck(settings.State).RunAsync(cancellationToken));
        if (!isInUse)
            results.AddRange(CheckPorts());
        results.Add(CheckDestinations());
        results.AddRange(CheckRoutes());
        results.Add(new CheckResult("retention", true, settings.Retention.Describe()));
        (IReadOnlyList<CheckResult> certificates, NodeTls? tls) = new CertificateCheck(settings.Node).Run();
        results.AddRange(certificates);
        results.AddRange(await Task.WhenAll(settings.Node.Peers
            .OrderBy(peer => peer.Key, StringComparer.Ordinal)
            .Select(peer => CheckPeerAsync(peer.Key, peer.Value, tls, cancellationToken))));
        results.AddRange(TellAudit());
        results.Add(await CheckModelAsync(cancellationToken));
        return results;
    }

    private (CheckResult Result, bool IsInUse) CheckDataDirectory()
    {
        DataFolders folders = Folders;
        const string Subject = "data directory";
        string? existing = folders.Root;
        while (existing is not null && !Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing);
        try
        {
            if (File.Exists(folders.Lock) && IsLocked(folders.Lock))
                return (new CheckResult(Subject, true, $"{folders.Root} is in use by a running node"), true);
            string probe = Path.Combine(existing ?? folders.Root, $".dicomrn-check-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            string free = $"{new DriveInfo(existing ?? folders.Root).AvailableFreeSpace / (1L << 30)} GiB free";
            return (new CheckResult(Subject, true, $"{folders.Root} can be written, {free}"), false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new CheckResult(Subject, false, $"{folders.Root} cannot be written: {e.Message}"), false);
        }
    }

    private static bool IsLocked(string file)
    {
        try
        {
            using FileStream open = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private IEnumerable<CheckResult> CheckPorts()
    {
        if (settings.Node.ListensPlain)
            yield return CheckPort("port", settings.Node.Port);
        if (settings.Node.Tls.Port is { } secured)
            yield return CheckPort("secured port", secured);
    }

    private CheckResult CheckPort(string subject, int port)
    {
        string endpoint = $"{settings.Node.BindAddress}:{port}";
        try
        {
            using TcpListener listener = new(IPAddress.Parse(settings.Node.BindAddress), port);
            listener.Start();
            return new CheckResult(subject, true, $"{endpoint} can be listened on");
        }
        catch (SocketException e)
        {
            return new CheckResult(subject, false, $"{endpoint} cannot be listened on: {e.Message}");
        }
    }

    private CheckResult CheckDestinations()
    {
        string[] names = [.. settings.Node.Peers.Where(p => p.Value.ReceivesResults).Select(p => p.Key).Order(StringComparer.Ordinal)];
        return new CheckResult("destinations", true, names.Length > 0
            ? string.Join(", ", names)
            : "no peer has ReceivesResults: results stay in the data directory, and their studies need attention");
    }

    private IEnumerable<CheckResult> CheckRoutes()
    {
        foreach ((string name, RouteOptions route) in settings.Delivery.Routes.OrderBy(route => route.Key, StringComparer.Ordinal))
            yield return new CheckResult($"route {name}", true, string.Join(" ",
                [
                    route.Results.Count == 0 ? "everything" : string.Join(", ", route.Results),
                    .. route.Sources.Count == 0 ? Array.Empty<string>() : [$"of {string.Join(", ", route.Sources)}"],
                    $"to {string.Join(", ", route.Destinations)}",
                    .. route.ReadSchedule() is null ? Array.Empty<string>() : [$"in its hours, {route.Hours ?? "all"} {string.Join(", ", route.Days)}".TrimEnd()],
                ]));
        if (settings.Delivery.Routes.Count == 0)
            yield break;
        HashSet<string> routed = new(settings.Delivery.Routes.Values.SelectMany(route => route.Destinations), StringComparer.OrdinalIgnoreCase);
        foreach (string peer in settings.Node.Peers.Where(p => p.Value.ReceivesResults).Select(p => p.Key).Order(StringComparer.Ordinal))
            if (!routed.Contains(peer))
                yield return new CheckResult("routes", true, $"no route leads to {peer}: it gets nothing, though it has ReceivesResults");
    }

    /// <summary>The routes that lead to a peer, for whoever reads that it is not there.</summary>
    private string RoutesTo(string peer)
    {
        string[] routes =
        [
            .. settings.Delivery.Routes
                .Where(route => route.Value.Destinations.Contains(peer, StringComparer.OrdinalIgnoreCase))
                .Select(route => route.Key)
                .Order(StringComparer.Ordinal),
        ];
        return routes.Length == 0 ? "" : $" (named by {(routes.Length == 1 ? "the route" : "the routes")} {string.Join(", ", routes)})";
    }

    private async Task<CheckResult> CheckPeerAsync(string name, PeerOptions peer, NodeTls? tls, CancellationToken cancellationToken)
    {
        string subject = $"peer {name}";
        if (string.IsNullOrEmpty(peer.Host) || peer.Port is null)
            return new CheckResult(subject, true, $"{peer.AeTitle} is never called (no host and port)");
        bool isSecured = peer.Tls is { Enabled: true };
        QueryRetrieveFeed feed = new();
        feed.Asked += _queries.Enqueue;
        PeerCall call = feed.Watch(PeerCall.Of(settings.Node, peer, tls?.InitiatorFor(peer)), TimeProvider.System);
        if (isSecured && call.Tls is null)
            return new CheckResult(subject, false, $"{call} cannot be called over TLS: see the certificates");
        try
        {
            TimeSpan taken = await PeerEcho.SendAsync(call, EchoTimeout, cancellationToken);
            if (peer.Fetch != PeerFetch.None)
                await AskAsync(call, cancellationToken);
            return new CheckResult(
                subject, true,
                $"{call} answers after {taken.TotalMilliseconds:0} ms{(isSecured ? " over TLS" : "")}{(peer.Fetch != PeerFetch.None ? ", and answers C-FIND" : "")}");
        }
        catch (Exception e) when (PeerEcho.IsExpected(e))
        {
            return new CheckResult(subject, false, PeerEcho.Describe(call.ToString(), e) + RoutesTo(name));
        }
    }

    /// <summary>Asks for a study that nobody has.</summary>
    private static async Task AskAsync(PeerCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EchoTimeout);
        try
        {
            await PeerQuery.FindAsync(
                call, DicomCFindRequest.CreateStudyQuery(studyInstanceUid: DicomUIDGenerator.GenerateDerivedFromUUID().UID), 1, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer to the C-FIND within {EchoTimeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Leaves the queries that were made for the node's audit trail.</summary>
    private IEnumerable<CheckResult> TellAudit()
    {
        AuditOptions options = settings.Administration.Audit;
        if (_queries.IsEmpty || !options.Enabled)
            return [];
        using AuditFiles files = new(options, Folders, TimeProvider.System);
        try
        {
            CommandMessages.Leave(options, settings.Node, files, TimeProvider.System, _queries.Select(q => AuditEvents.Queried(settings.Node.AeTitle, q)));
            return [new CheckResult("audit trail", true, $"{_queries.Count} queries of this check are in it as soon as the node runs")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new CheckResult("audit trail", e is DirectoryNotFoundException, $"queries of this check are not in it: {e.Message}")];
        }
    }

    private async Task<CheckResult> CheckModelAsync(CancellationToken cancellationToken)
    {
        try
        {
            ModelPack pack = PackLesionModelSource.Find(settings.Classification);
            IReadOnlyList<string> problems = pack.Verify();
            if (problems.Count > 0)
                return new CheckResult("model", false, string.Join("; ", problems));
            using PackLesionModelSource source = new(settings.Classification, settings.Inference);
            await source.LoadAsync(cancellationToken);
            return new CheckResult("model", true, $"{pack.Manifest.Name} {pack.Manifest.Version}: checksums right, weights loaded");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new CheckResult("model", false, e.Message);
        }
    }
}
