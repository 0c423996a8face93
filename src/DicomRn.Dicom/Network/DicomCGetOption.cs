namespace DicomRn.Dicom.Network;

/// <summary>Fields of <see cref="DicomCGetApplicationInfo"/>.</summary>
[Flags]
public enum DicomCGetOption
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Relational retrieval.</summary>
    RelationalRetrieval = 2,

    /// <summary>The Query/Retrieve View of enhanced multi-frame images.</summary>
    EnhancedMultiFrameImageConversion = 4,
}
