namespace DicomRn.Imaging.Segmentation;

/// <summary>Segmentation Type (0062,0001), PS3.3 C.8.20.2.</summary>
public enum SegmentationType
{
    /// <summary>BINARY: one bit a pixel, a frame belongs to one segment.</summary>
    Binary,

    /// <summary>FRACTIONAL: a probability or occupancy of 0 to Maximum Fractional Value; half of it and more counts as inside.</summary>
    Fractional,

    /// <summary>LABELMAP (SOP class 66.7): the pixel's value is the number of its segment.</summary>
    LabelMap,
}
