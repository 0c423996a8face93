namespace DicomRn.Dicom.Network;

/// <summary>The Priority (0000,0700) of a DIMSE request (PS3.7 E.1).</summary>
public enum DicomPriority : ushort
{
    /// <summary>Low.</summary>
    Low = 0x0002,

    /// <summary>Medium, the usual one.</summary>
    Medium = 0x0000,

    /// <summary>High.</summary>
    High = 0x0001,
}
