namespace DicomRn.Dicom.Network;

/// <summary>Why the service provider aborts an association (PS3.8 9.3.8, reason/diagnostic).</summary>
public enum DicomAbortReason
{
    /// <summary>Reason not specified; also what a service user's abort carries.</summary>
    NotSpecified = 0,

    /// <summary>Unrecognised PDU.</summary>
    UnrecognizedPDU = 1,

    /// <summary>Unexpected PDU.</summary>
    UnexpectedPDU = 2,

    /// <summary>Unrecognised PDU parameter.</summary>
    UnrecognizedPDUParameter = 4,

    /// <summary>Unexpected PDU parameter.</summary>
    UnexpectedPDUParameter = 5,

    /// <summary>Invalid PDU parameter value.</summary>
    InvalidPDUParameter = 6,
}
