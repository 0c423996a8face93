namespace DicomRn.Dicom.Network;

/// <summary>Whether a storage SCP may change elements (PS3.4 B.3.1).</summary>
public enum DicomElementCoercion
{
    /// <summary>It changes none.</summary>
    NoCoercion = 0,

    /// <summary>It may change some.</summary>
    AllowCoercion = 1,

    /// <summary>The requestor is SCU only.</summary>
    NotApplicable = 2,
}
