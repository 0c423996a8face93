using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Delivery;

/// <summary>Applies the routes of settings to a study that a node has stored, running or not, and sends nothing.</summary>
public static class RouteDryRun
{
    /// <summary>Where its results go.</summary>
    /// <param name="settings">The settings: the data directory, the peers and the routes to try.</param>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="now">The time that hours of routes are compared with.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no state store in the data directory.</exception>
    /// <exception cref="InvalidDataException">There is no such study in it, or the store is of another version of the program.</exception>
    public static async Task<RoutePlan> PlanAsync(
        NodeSettings settings, string studyInstanceUid, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DataFolders folders = new(settings.Node.DataDirectory);
        if (settings.State.IsShared)
            throw new InvalidDataException($"{folders.Root}: the state is in PostgreSQL (State:Provider), and routes are tried on one in a file only.");
        await using NodeDbContext db = await ReadOnlyState.OpenAsync(folders.Database, cancellationToken);
        StudyRecord study = await db.Studies.FindAsync([studyInstanceUid], cancellationToken)
            ?? throw new InvalidDataException($"{folders.Root}: no study {studyInstanceUid}.");
        List<string> sources = await db.Instances
            .Where(i => i.StudyInstanceUid == studyInstanceUid && !i.IsOwnResult)
            .Select(i => i.SourceAeTitle)
            .Distinct()
            .OrderBy(source => source)
            .ToListAsync(cancellationToken);
        List<(ResultKind Kind, string? Sop)> results =
        [
            .. (await db.Results
                .Where(r => r.StudyInstanceUid == studyInstanceUid && r.Revision == study.Revision)
                .ToListAsync(cancellationToken))
                .OrderBy(r => r.Kind).ThenBy(r => r.SopInstanceUid, StringComparer.Ordinal)
                .Select(r => (r.Kind, (string?)r.SopInstanceUid)),
        ];
        bool isAssumed = results.Count == 0;
        if (isAssumed)
            results = [.. Enum.GetValues<ResultKind>().Select(kind => (kind, (string?)null))];
        StudyOutcome outcome = study.Outcome is { } known and not StudyOutcome.NothingToDo ? known : StudyOutcome.Answered;
        Dictionary<(string, string), DeliveryState> states = (await db.Deliveries
            .Where(d => d.StudyInstanceUid == studyInstanceUid)
            .ToListAsync(cancellationToken))
            .ToDictionary(d => (d.ResultSopInstanceUid, d.Destination), d => d.State);

        IResultRouting routing = new RoutingTable(settings.Node, settings.Delivery);
        return new RoutePlan(
            studyInstanceUid, study.State, outcome, isAssumed, sources,
            [.. results.SelectMany(result => Plan(result.Kind, result.Sop, routing.Route(result.Kind, outcome, sources, now), states))]);
    }

    private static IEnumerable<PlannedResult> Plan(
        ResultKind kind, string? sop, IReadOnlyList<RoutedResult> routed, Dictionary<(string, string), DeliveryState> states)
    {
        if (routed.Count == 0)
            yield return new PlannedResult(kind, sop, null, null, null, null);
        foreach (RoutedResult to in routed)
            yield return new PlannedResult(
                kind, sop, to.Destination, to.Routes, to.NotBefore,
                sop is not null && states.TryGetValue((sop, to.Destination), out DeliveryState state) ? state : null);
    }
}
