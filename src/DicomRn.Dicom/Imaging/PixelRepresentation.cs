namespace DicomRn.Dicom.Imaging;

/// <summary>How sample values are represented (PS3.3 C.7.6.3.1).</summary>
public enum PixelRepresentation
{
    /// <summary>Unsigned integers.</summary>
    Unsigned = 0,

    /// <summary>Integers in two's complement.</summary>
    Signed = 1,
}
