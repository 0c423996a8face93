namespace DicomRn.Node.Receiving;

/// <summary>Who may associate, and what for.</summary>
internal interface IAssociationPolicy
{
    /// <summary>Why an association is rejected, or null to accept it.</summary>
    Task<DicomRejectReason?> RejectAsync(DicomAssociation association);

    /// <summary>The transfer syntaxes accepted for a proposed presentation context; null refuses its abstract syntax.</summary>
    DicomTransferSyntax[]? Accept(DicomPresentationContext context);
}
