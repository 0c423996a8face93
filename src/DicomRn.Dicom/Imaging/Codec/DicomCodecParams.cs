namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Parameters of a codec.</summary>
public class DicomCodecParams
{
    /// <summary>For derived types.</summary>
    protected DicomCodecParams()
    {
    }
}
