namespace DicomRn.Dicom.Network;

/// <summary>How much of an instance a storage SCP keeps (PS3.4 B.4.1).</summary>
public enum DicomLevelOfSupport
{
    /// <summary>Part of the elements, as documented.</summary>
    Level0 = 0,

    /// <summary>All Type 1 and Type 2 elements.</summary>
    Level1 = 1,

    /// <summary>All elements.</summary>
    Level2 = 2,

    /// <summary>The requestor is SCU only.</summary>
    NotApplicable = 3,
}
