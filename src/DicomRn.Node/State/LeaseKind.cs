namespace DicomRn.Node.State;

/// <summary>What a lease is for.</summary>
internal enum LeaseKind
{
    /// <summary>A study's way through the pipeline; the resource is its Study Instance UID.</summary>
    Study,

    /// <summary>A study's results on their way to a destination; see <see cref="Lease.ForDelivery"/>.</summary>
    Delivery,

    /// <summary>Asking others for what a study lacks; the resource is its Study Instance UID.</summary>
    Fetch,

    /// <summary>A node's own folder; the resource is the node's name.</summary>
    Node,
}
