namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>How an image is encoded.</summary>
internal sealed record JpegLsOptions
{
    /// <summary>The largest difference between a sample and its reconstruction; 0, the default, is lossless.</summary>
    public int Near { get; init; }

    /// <summary>How the components of a colour image alternate; by line unless set.</summary>
    public InterleaveMode Interleave { get; init; } = InterleaveMode.Line;

    /// <summary>
    /// After how many lines (1–65,535) the coder starts afresh, so that damage does not spread further; 0, the default, is never.
    /// </summary>
    public int RestartInterval { get; init; }
}
