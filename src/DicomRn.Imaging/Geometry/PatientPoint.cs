namespace DicomRn.Imaging.Geometry;

/// <summary>
/// A point in the patient coordinate system of its frame of reference, in mm: x to the patient's left, y to
/// the posterior, z to the head (LPS; PS3.3 C.7.6.2.1.1).
/// </summary>
public readonly record struct PatientPoint(double X, double Y, double Z)
{
    /// <summary>The origin of the frame of reference.</summary>
    public static PatientPoint Origin => default;

    /// <summary>The displacement from <paramref name="b"/> to <paramref name="a"/>, mm.</summary>
    public static PatientVector operator -(PatientPoint a, PatientPoint b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The point displaced by <paramref name="v"/>.</summary>
    public static PatientPoint operator +(PatientPoint p, PatientVector v) => new(p.X + v.X, p.Y + v.Y, p.Z + v.Z);

    /// <summary>The distance to <paramref name="other"/>, mm.</summary>
    public double DistanceTo(PatientPoint other) => (this - other).Length;
}
