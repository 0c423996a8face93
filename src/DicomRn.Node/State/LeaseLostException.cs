namespace DicomRn.Node.State;

/// <summary>The node was silent for too long, and its work may be another node's by now: nothing was changed.</summary>
internal sealed class LeaseLostException(Lease lease)
    : Exception($"The lease of {lease.Kind} {lease.Resource} (number {lease.Fence}) is not alive any more.");
