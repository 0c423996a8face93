namespace DicomRn.Dicom.IO;

/// <summary>Byte order.</summary>
public enum Endian
{
    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}
