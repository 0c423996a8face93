namespace DicomRn.Dicom.Network;

/// <summary>What became of a proposed presentation context (PS3.8 9.3.3.2, result/reason).</summary>
public enum DicomPresentationContextResult : byte
{
    /// <summary>Not answered yet.</summary>
    Proposed = 255,

    /// <summary>Acceptance.</summary>
    Accept = 0,

    /// <summary>User-rejection.</summary>
    RejectUser = 1,

    /// <summary>No-reason (provider rejection).</summary>
    RejectNoReason = 2,

    /// <summary>Abstract-syntax-not-supported (provider rejection).</summary>
    RejectAbstractSyntaxNotSupported = 3,

    /// <summary>Transfer-syntaxes-not-supported (provider rejection).</summary>
    RejectTransferSyntaxesNotSupported = 4,
}
