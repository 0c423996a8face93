namespace DicomRn.Dicom;

/// <summary>Kinds of storage SOP classes.</summary>
public enum DicomStorageCategory
{
    /// <summary>No storage SOP class.</summary>
    None,

    /// <summary>Images.</summary>
    Image,

    /// <summary>Presentation states.</summary>
    PresentationState,

    /// <summary>Structured reports.</summary>
    StructuredReport,

    /// <summary>Waveforms.</summary>
    Waveform,

    /// <summary>Encapsulated documents.</summary>
    Document,

    /// <summary>Raw data.</summary>
    Raw,

    /// <summary>Anything else that can be stored.</summary>
    Other,

    /// <summary>Private SOP classes.</summary>
    Private,

    /// <summary>Volumes: enhanced multi-frame images.</summary>
    Volume,
}
