namespace DicomRn.Node.Receiving;

/// <summary>The policy of a plain storage SCP: anyone, every storage class, every syntax the stack can carry.</summary>
/// <param name="aeTitle">The AE title it must be called by; null for any.</param>
internal sealed class AnyonePolicy(string? aeTitle) : IAssociationPolicy
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    public Task<AssociationDecision> DecideAsync(DicomAssociation association, CallerConnection caller) => Task.FromResult(
        aeTitle is null || association.CalledAE.Trim() == aeTitle
            ? AssociationDecision.Accept()
            : AssociationDecision.Reject(DicomRejectReason.CalledAENotRecognized, "it is called by another AE title"));

    public DicomTransferSyntax[]? Accept(DicomPresentationContext context, DicomAssociation association, AssociationDecision decision)
    {
        if (context.AbstractSyntax == DicomUID.Verification)
            return KnownPeersPolicy.VerificationTransferSyntaxes;
        return context.AbstractSyntax.UID.StartsWith(Storage, StringComparison.Ordinal)
            ? [.. context.GetTransferSyntaxes().Where(syntax => syntax != DicomTransferSyntax.ExplicitVRBigEndian)]
            : null;
    }
}
