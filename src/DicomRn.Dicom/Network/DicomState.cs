namespace DicomRn.Dicom.Network;

/// <summary>The class of a DIMSE status code (PS3.7 Annex C).</summary>
public enum DicomState
{
    /// <summary>The operation was done.</summary>
    Success,

    /// <summary>The operation was cancelled.</summary>
    Cancel,

    /// <summary>More responses follow.</summary>
    Pending,

    /// <summary>The operation was done, with a remark.</summary>
    Warning,

    /// <summary>The operation was not done.</summary>
    Failure,
}
