namespace DicomRn.Dicom.Imaging;

/// <summary>How the samples of a colour pixel lie in memory (PS3.3 C.7.6.3.1.3).</summary>
public enum PlanarConfiguration
{
    /// <summary>R1 G1 B1 R2 G2 B2 …</summary>
    Interleaved = 0,

    /// <summary>R1 R2 … G1 G2 … B1 B2 …</summary>
    Planar = 1,
}
