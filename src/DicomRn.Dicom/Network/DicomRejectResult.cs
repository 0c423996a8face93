namespace DicomRn.Dicom.Network;

/// <summary>Whether asking again may succeed (PS3.8 9.3.4, result).</summary>
public enum DicomRejectResult
{
    /// <summary>Rejected-permanent.</summary>
    Permanent = 1,

    /// <summary>Rejected-transient.</summary>
    Transient = 2,
}
