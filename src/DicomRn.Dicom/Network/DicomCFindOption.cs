namespace DicomRn.Dicom.Network;

/// <summary>Fields of <see cref="DicomCFindApplicationInfo"/>.</summary>
[Flags]
public enum DicomCFindOption
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Relational queries.</summary>
    RelationalQueries = 2,

    /// <summary>Date and time matched as one.</summary>
    DateTimeMatching = 4,

    /// <summary>Fuzzy semantic matching of person names.</summary>
    FuzzySemanticMatching = 8,

    /// <summary>Times adjusted to the query's time zone.</summary>
    TimezoneQueryAdjustment = 16,

    /// <summary>The Query/Retrieve View of enhanced multi-frame images.</summary>
    EnhancedMultiFrameImageConversion = 32,
}
