namespace DicomRn.Node.Receiving;

/// <summary>Who may associate, and what for.</summary>
internal interface IAssociationPolicy
{
    /// <summary>Whether an association is accepted.</summary>
    Task<AssociationDecision> DecideAsync(DicomAssociation association, CallerConnection caller);

    /// <summary>
    /// The transfer syntaxes accepted for a proposed presentation context, the most wanted first; null refuses its abstract syntax.
    /// </summary>
    DicomTransferSyntax[]? Accept(DicomPresentationContext context, DicomAssociation association, AssociationDecision decision);
}
