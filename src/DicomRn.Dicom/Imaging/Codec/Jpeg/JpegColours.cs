namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>What a JPEG codestream says that three components are.</summary>
internal enum JpegColours
{
    /// <summary>Nothing that can be relied on.</summary>
    Unstated,

    /// <summary>Red, green, blue: an Adobe segment without transform, or components named R, G and B.</summary>
    Rgb,

    /// <summary>Luminance and chrominance: a JFIF segment, an Adobe segment with transform, or chrominance of fewer samples.</summary>
    Ybr,
}
