namespace DicomRn.Dicom;

/// <summary>What to do with large values when a file is opened.</summary>
public enum FileReadOption
{
    /// <summary>The same as <see cref="ReadLargeOnDemand"/>.</summary>
    Default,

    /// <summary>Large values stay in the file or stream and are read when asked for.</summary>
    ReadLargeOnDemand,

    /// <summary>Elements with large values are left out.</summary>
    SkipLargeTags,

    /// <summary>Everything is read into memory.</summary>
    ReadAll,
}
