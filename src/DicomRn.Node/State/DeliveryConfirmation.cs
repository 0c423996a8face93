namespace DicomRn.Node.State;

/// <summary>How it is known that a destination has a result.</summary>
public enum DeliveryConfirmation
{
    /// <summary>It answered the C-STORE with success or a warning, and nothing else was asked for or could be had.</summary>
    Stored,

    /// <summary>It answered a C-FIND with it.</summary>
    Found,

    /// <summary>It has taken responsibility for it (storage commitment, PS3.4 J).</summary>
    Committed,
}
