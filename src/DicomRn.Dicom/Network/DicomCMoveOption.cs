namespace DicomRn.Dicom.Network;

/// <summary>Fields of <see cref="DicomCMoveApplicationInfo"/>.</summary>
[Flags]
public enum DicomCMoveOption
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Relational retrieval.</summary>
    RelationalRetrieval = 2,

    /// <summary>The Query/Retrieve View of enhanced multi-frame images.</summary>
    EnhancedMultiFrameImageConversion = 4,
}
