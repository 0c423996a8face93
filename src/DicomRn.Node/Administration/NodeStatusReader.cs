using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration;

/// <summary>Reads <see cref="NodeStatus"/> from the state store, and from the reception of a node that runs.</summary>
internal sealed class NodeStatusReader(StateStore store, InstanceLog? log = null, DiskReserve? reserve = null)
{
    private const int MostStudies = 100;

    public Task<NodeStatus> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(async db =>
    {
        Dictionary<StudyState, int> studies = await db.Studies
            .GroupBy(s => s.State)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var counts = await db.Deliveries
            .GroupBy(d => new { d.Destination, d.State })
            .Select(g => new { g.Key.Destination, g.Key.State, Count = g.Count(), LastId = g.Max(d => d.Id) })
            .ToListAsync(cancellationToken);
        List<DestinationStatus> destinations = [];
        foreach (var destination in counts.GroupBy(c => c.Destination).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            string? error = await db.Deliveries
                .Where(d => d.Destination == destination.Key && d.State != DeliveryState.Delivered && d.LastError != null)
                .OrderByDescending(d => d.Id)
                .Select(d => d.LastError)
                .FirstOrDefaultAsync(cancellationToken);
            int Count(DeliveryState state) => destination.Where(c => c.State == state).Sum(c => c.Count);
            destinations.Add(new DestinationStatus(
                destination.Key, Count(DeliveryState.Queued), Count(DeliveryState.Delivered), Count(DeliveryState.Failed), error)
            {
                Sent = Count(DeliveryState.Sent),
            });
        }

        List<StudyStatus> attention = await db.Studies
            .Where(s => s.State == StudyState.NeedsAttention || s.State == StudyState.FailedDelivery)
            .OrderByDescending(s => s.ChangedAt)
            .Take(MostStudies)
            .Select(s => new StudyStatus(
                s.StudyInstanceUid, s.State, s.Revision, s.InstanceCount, s.ReasonCode, s.Reason, s.WhatToDo, s.ChangedAt))
            .ToListAsync(cancellationToken);
        return new NodeStatus(studies, destinations, attention) { Reception = ReadReception() };
    });

    private ReceptionStatus? ReadReception() => log is null || reserve is null
        ? null
        : new ReceptionStatus(log.Count, log.SettlingFailure?.Message, reserve.IsTouchedNow());
}
