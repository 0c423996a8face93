namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The scan header, marker SOS (ITU-T T.87 C.2.3).</summary>
/// <param name="Components">Which components of the frame the scan has, by their place in the frame header.</param>
/// <param name="Near">The largest difference between a sample and its reconstruction; 0 is lossless.</param>
/// <param name="Interleave">How the components alternate.</param>
internal sealed record ScanHeader(int[] Components, int Near, InterleaveMode Interleave);
