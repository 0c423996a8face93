namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>How the components of a scan alternate (ITU-T T.87 C.2.3, parameter ILV).</summary>
internal enum InterleaveMode
{
    /// <summary>One component a scan.</summary>
    None = 0,

    /// <summary>A line of each component in turn.</summary>
    Line = 1,

    /// <summary>A sample of each component in turn.</summary>
    Sample = 2,
}
