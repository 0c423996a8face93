namespace DicomRn.Node.Receiving;

/// <summary>The policy of a plain storage SCP: anyone, every storage class, every syntax the stack can carry.</summary>
/// <param name="aeTitle">The AE title it must be called by; null for any.</param>
internal sealed class AnyonePolicy(string? aeTitle) : IAssociationPolicy
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    public Task<DicomRejectReason?> RejectAsync(DicomAssociation association) => Task.FromResult<DicomRejectReason?>(
        aeTitle is null || association.CalledAE.Trim() == aeTitle ? null : DicomRejectReason.CalledAENotRecognized);

    public DicomTransferSyntax[]? Accept(DicomPresentationContext context)
    {
        if (context.AbstractSyntax == DicomUID.Verification)
            return KnownPeersPolicy.VerificationTransferSyntaxes;
        return context.AbstractSyntax.UID.StartsWith(Storage, StringComparison.Ordinal)
            ? [.. context.GetTransferSyntaxes().Where(syntax => syntax != DicomTransferSyntax.ExplicitVRBigEndian)]
            : null;
    }
}
