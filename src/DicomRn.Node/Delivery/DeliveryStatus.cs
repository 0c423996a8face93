namespace DicomRn.Node.Delivery;

/// <summary>What a C-STORE status (PS3.4 B.2.3, PS3.7 C) means for a result that was sent.</summary>
internal enum DeliveryStatus
{
    /// <summary>The destination has it; a warning is a success with a remark.</summary>
    Accepted,

    /// <summary>It may have it later: out of resources, a processing failure, or no answer.</summary>
    Passing,

    /// <summary>It will never have it like this.</summary>
    Refused,
}

/// <summary>Sorts statuses.</summary>
internal static class DeliveryStatuses
{
    private const ushort ProcessingFailure = 0x0110;

    /// <summary>The meaning of a status code.</summary>
    public static DeliveryStatus Judge(DicomStatus status) => status.State switch
    {
        DicomState.Success or DicomState.Warning => DeliveryStatus.Accepted,
        _ when status.Code is >= 0xA700 and <= 0xA7FF or ProcessingFailure => DeliveryStatus.Passing,
        _ => DeliveryStatus.Refused,
    };
}
