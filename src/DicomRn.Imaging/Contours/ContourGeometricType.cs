namespace DicomRn.Imaging.Contours;

/// <summary>Contour Geometric Type (3006,0042), PS3.3 C.8.8.6.1.</summary>
public enum ContourGeometricType
{
    /// <summary>A term that the standard does not define, or none.</summary>
    Unknown,

    /// <summary>POINT: a single point.</summary>
    Point,

    /// <summary>OPEN_PLANAR: an open line in one plane.</summary>
    OpenPlanar,

    /// <summary>OPEN_NONPLANAR: an open line.</summary>
    OpenNonplanar,

    /// <summary>CLOSED_PLANAR: a closed polygon in one plane, its last point joined to its first.</summary>
    ClosedPlanar,

    /// <summary>CLOSEDPLANAR_XOR: closed polygons of which those in one plane are combined by exclusive or.</summary>
    ClosedPlanarXor,
}
