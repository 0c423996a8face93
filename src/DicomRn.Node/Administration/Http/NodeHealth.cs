using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Http;

/// <summary>Whether the node does its work.</summary>
internal sealed class NodeHealth(StateStore store, ReceivingService receiving, DiskReserve reserve)
{
    /// <summary>Why studies should not be sent to the node now; null where they may be.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        if (!receiving.IsListening)
            return "The node does not listen for associations.";
        if (reserve.IsTouchedNow())
            return "Instances are refused: less of the disk is free than Receiving:DiskReserve demands.";
        try
        {
            await store.ReadAsync(db => db.Studies.AnyAsync(cancellationToken));
            return null;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            return $"The state store cannot be read: {e.Message}";
        }
    }
}
