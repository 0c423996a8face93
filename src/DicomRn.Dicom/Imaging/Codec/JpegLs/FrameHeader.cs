namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The frame header, marker SOF55 (ITU-T T.87 C.2.2).</summary>
/// <param name="Precision">Bits of a sample, 2–16.</param>
/// <param name="Height">Lines; 0 where only the DNL segment after the first scan tells.</param>
/// <param name="Width">Samples of a line.</param>
/// <param name="ComponentIds">The identifiers by which scans name the components.</param>
internal sealed record FrameHeader(int Precision, int Height, int Width, byte[] ComponentIds);
