namespace DicomRn.Node.Delivery;

/// <summary>A request for storage commitment: N-ACTION, action type 1, on the well-known instance (PS3.4 J.3.2).</summary>
internal static class CommitmentRequest
{
    /// <summary>The request.</summary>
    /// <param name="transactionUid">Transaction UID (0008,1195).</param>
    /// <param name="references">What is to be committed.</param>
    public static DicomNActionRequest Create(DicomUID transactionUid, IEnumerable<CommitmentReference> references) =>
        new(DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, 1)
        {
            Dataset = new DicomDataset
            {
                { DicomTag.TransactionUID, transactionUid },
                new DicomSequence(DicomTag.ReferencedSOPSequence, [.. references.Select(Item)]),
            },
        };

    private static DicomDataset Item(CommitmentReference reference) => new()
    {
        { DicomTag.ReferencedSOPClassUID, reference.SopClassUid },
        { DicomTag.ReferencedSOPInstanceUID, reference.SopInstanceUid },
    };
}
