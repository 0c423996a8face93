namespace DicomRn.Node.State;

/// <summary>Where one result is on its way to one destination.</summary>
public enum DeliveryState
{
    /// <summary>To be sent when its time has come.</summary>
    Queued,

    /// <summary>The destination answered with success or a warning.</summary>
    Delivered,

    /// <summary>The destination refused it for good, or stayed away for too long.</summary>
    Failed,
}
