namespace DicomRn.Dicom.Network;

/// <summary>The association ended with an A-ABORT (PS3.8 9.3.8).</summary>
public class DicomAssociationAbortedException : DicomNetworkException
{
    /// <summary>An abort in the codes of PS3.8.</summary>
    public DicomAssociationAbortedException(DicomAbortSource source, DicomAbortReason reason)
        : this(source, reason, $"the association was aborted: {reason} (source {source})")
    {
    }

    internal DicomAssociationAbortedException(DicomAbortSource source, DicomAbortReason reason, string message)
        : base(message)
    {
        AbortSource = source;
        AbortReason = reason;
    }

    /// <summary>Who aborted.</summary>
    public DicomAbortSource AbortSource { get; private set; }

    /// <summary>Why; meaningful where the source is the service provider.</summary>
    public DicomAbortReason AbortReason { get; private set; }
}
