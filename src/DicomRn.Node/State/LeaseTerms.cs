namespace DicomRn.Node.State;

/// <summary>On which terms a node takes leases.</summary>
/// <param name="Owner">Name of the node.</param>
/// <param name="Duration">How long a lease is alive without being renewed.</param>
internal sealed record LeaseTerms(string Owner, TimeSpan Duration)
{
    /// <summary>Of a node that has its store to itself.</summary>
    public static LeaseTerms Alone { get; } = new("node", new StateOptions().LeaseDuration);
}
