namespace DicomRn.Node.Delivery;

/// <summary>What a C-STORE status (PS3.4 B.2.3, PS3.7 9.1.1.1.9 and C) means for a result that was sent.</summary>
internal enum DeliveryStatus
{
    /// <summary>The destination has taken it; a warning is a success with a remark.</summary>
    Accepted,

    /// <summary>It may take it later: out of resources, a processing failure, or no answer.</summary>
    Passing,

    /// <summary>It will never take it like this.</summary>
    Refused,
}

/// <summary>Sorts statuses.</summary>
internal static class DeliveryStatuses
{
    private const ushort ProcessingFailure = 0x0110;
    private const ushort DuplicateSopInstance = 0x0111;
    private const ushort DuplicateInvocation = 0x0210;
    private const ushort ResourceLimitation = 0x0213;

    /// <summary>The meaning of a status code.</summary>
    /// <remarks>
    /// Taken: 0000; the warnings of the standard, 0001, 0107, 0116 and Bxxx (among them B000 coerced, B006 elements discarded, B007 data set
    /// does not match); 0111, the destination holds an instance of this UID, which is a function of what the result was made
    /// of, so that it came with an attempt whose answer was lost. Passing: A7xx out of resources and 0213 resource limitation, 0110
    /// processing failure, 0210 message ID in use, which the next attempt has not. All else is for good, whoever sends the
    /// same again: A9xx data set does not match SOP class, Cxxx cannot understand, 0117 invalid instance, 0122 SOP class not
    /// supported, 0124 not authorised, 0211 unrecognised and 0212 mistyped, and codes that the standard does not have.
    /// </remarks>
    public static DeliveryStatus Judge(DicomStatus status) => status.State switch
    {
        DicomState.Success or DicomState.Warning => DeliveryStatus.Accepted,
        _ when status.Code is DuplicateSopInstance => DeliveryStatus.Accepted,
        _ when status.Code is (>= 0xA700 and <= 0xA7FF) or ProcessingFailure or DuplicateInvocation or ResourceLimitation => DeliveryStatus.Passing,
        _ => DeliveryStatus.Refused,
    };
}
