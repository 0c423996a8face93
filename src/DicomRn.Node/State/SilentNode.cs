namespace DicomRn.Node.State;

/// <summary>A node that ended or died, and whose folder this node has taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SeenAt">When it was last alive.</param>
/// <param name="Lease">The lease of its folder.</param>
internal sealed record SilentNode(string Name, DateTimeOffset SeenAt, Lease Lease);
