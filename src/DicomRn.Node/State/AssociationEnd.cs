namespace DicomRn.Node.State;

/// <summary>How an association ended.</summary>
public enum AssociationEnd
{
    /// <summary>The caller released it.</summary>
    Released,

    /// <summary>One side aborted it.</summary>
    Aborted,

    /// <summary>The node rejected it; nothing was received.</summary>
    Rejected,

    /// <summary>The connection ended without a word.</summary>
    Lost,
}
