using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The nodes that share a store.</summary>
internal static class NodeTransitions
{
    /// <summary>
    /// Registers this node and takes the lease of its folder, from an earlier run of itself too: that one has ended, for this
    /// one holds the folder's lock, and if it has not, it finds its lease gone.
    /// </summary>
    /// <returns>The lease; null while another node takes the folder over.</returns>
    public static Task<Lease?> JoinAsync(this StateStore store) => store.WriteAsync(transaction =>
    {
        string name = transaction.Terms.Owner;
        if (transaction.Db.Leases.SingleOrDefault(l => l.Kind == LeaseKind.Node && l.Resource == name && l.Owner == name) is { } mine)
        {
            transaction.Db.Leases.Remove(mine);
            transaction.Db.SaveChanges();
        }

        if (transaction.TakeLease(LeaseKind.Node, name) is not { } lease)
            return null;
        NodeRecord? node = transaction.Db.Nodes.Find(name);
        if (node is null)
        {
            transaction.Db.Nodes.Add(new NodeRecord
            {
                Name = name,
                Host = Environment.MachineName,
                ProcessId = Environment.ProcessId,
                StartedAt = transaction.Now,
                SeenAt = transaction.Now,
            });
            return lease;
        }

        node.Host = Environment.MachineName;
        node.ProcessId = Environment.ProcessId;
        node.StartedAt = transaction.Now;
        node.SeenAt = transaction.Now;
        return lease;
    });

    /// <summary>Notes that this node is alive.</summary>
    public static Task SeenAsync(this StateStore store) => store.WriteAsync(
        transaction => transaction.Db.Nodes
            .Where(n => n.Name == transaction.Terms.Owner)
            .ExecuteUpdate(set => set.SetProperty(n => n.SeenAt, transaction.Now)),
        RowLocking.Explicit);

    /// <summary>Takes the folder of a node that is silent; null where there is none.</summary>
    public static Task<SilentNode?> TakeSilentNodeAsync(this StateStore store) => store.WriteAsync(transaction =>
    {
        NodeRecord[] others = [.. transaction.Db.Nodes.Where(n => n.Name != transaction.Terms.Owner).OrderBy(n => n.SeenAt)];
        foreach (NodeRecord node in others)
            if (transaction.TakeLease(LeaseKind.Node, node.Name) is { } lease)
                return new SilentNode(node.Name, node.SeenAt, lease);
        return null;
    });

    /// <summary>The folder is done: the node is none any more until it starts again.</summary>
    public static Task ForgetNodeAsync(this StateStore store, SilentNode node) => store.WriteAsync(transaction =>
    {
        transaction.Demand(node.Lease);
        if (transaction.Db.Nodes.Find(node.Name) is { } record)
            transaction.Db.Nodes.Remove(record);
        transaction.Release(node.Lease);
    });
}
