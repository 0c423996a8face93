namespace DicomRn.Node.State;

/// <summary>A node that works on this store, or did until its folder has been taken over.</summary>
internal sealed class NodeRecord
{
    public required string Name { get; init; }

    public required string Host { get; set; }

    public required int ProcessId { get; set; }

    public required DateTimeOffset StartedAt { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
