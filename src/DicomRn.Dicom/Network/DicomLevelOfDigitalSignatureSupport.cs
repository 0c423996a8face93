namespace DicomRn.Dicom.Network;

/// <summary>What a storage SCP does with digital signatures (PS3.4 B.3.1).</summary>
public enum DicomLevelOfDigitalSignatureSupport
{
    /// <summary>Not specified, or no level 2 SCP.</summary>
    Unspecified = 0,

    /// <summary>Signature level 1.</summary>
    Level1 = 1,

    /// <summary>Signature level 2.</summary>
    Level2 = 2,

    /// <summary>Signature level 3.</summary>
    Level3 = 3,
}
