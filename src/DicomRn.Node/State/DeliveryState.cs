namespace DicomRn.Node.State;

/// <summary>Where one result is on its way to one destination.</summary>
public enum DeliveryState
{
    /// <summary>To be sent when its time has come.</summary>
    Queued,

    /// <summary>The destination answered the C-STORE with success or a warning; what its setting asks for beyond that is outstanding.</summary>
    Sent,

    /// <summary>The destination has it, as far as its setting asks for it: see <see cref="DeliveryConfirmation"/>.</summary>
    Delivered,

    /// <summary>The destination refused it for good, stayed away for too long, or took it and does not have it.</summary>
    Failed,
}
