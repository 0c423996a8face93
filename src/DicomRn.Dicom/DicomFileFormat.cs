namespace DicomRn.Dicom;

/// <summary>What a file turned out to be.</summary>
public enum DicomFileFormat
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>A file as PS3.10 wants it.</summary>
    DICOM3,

    /// <summary>With file meta information but without preamble.</summary>
    DICOM3NoPreamble,

    /// <summary>A bare data set.</summary>
    DICOM3NoFileMetaInfo,

    /// <summary>A data set as before DICOM 3.</summary>
    ACRNEMA1,

    /// <summary>A data set as before DICOM 3.</summary>
    ACRNEMA2,
}
