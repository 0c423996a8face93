namespace DicomRn.Node.State;

/// <summary>The right of one node to work on something; only a transaction that finds it alive may change that thing.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Resource">What of its kind.</param>
/// <param name="Fence">See <see cref="LeaseRecord.Fence"/>.</param>
internal sealed record Lease(LeaseKind Kind, string Resource, long Fence)
{
    /// <summary>The resource of a study's deliveries to a destination.</summary>
    public static string ForDelivery(string destination, string studyInstanceUid) => $"{studyInstanceUid} {destination}";
}
