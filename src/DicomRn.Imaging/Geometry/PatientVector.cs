namespace DicomRn.Imaging.Geometry;

/// <summary>A displacement (mm) or a direction (unit length) in the patient coordinate system (LPS).</summary>
public readonly record struct PatientVector(double X, double Y, double Z)
{
    /// <summary>The Euclidean length.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>The scalar product.</summary>
    public double Dot(PatientVector other) => X * other.X + Y * other.Y + Z * other.Z;

    /// <summary>The vector product; for the row and column directions of an image it is the slice normal.</summary>
    public PatientVector Cross(PatientVector other) => new(
        Y * other.Z - Z * other.Y,
        Z * other.X - X * other.Z,
        X * other.Y - Y * other.X);

    /// <summary>The vector of length 1 in the same direction.</summary>
    /// <exception cref="InvalidOperationException">The vector has no length.</exception>
    public PatientVector Normalized()
    {
        double length = Length;
        return length > 0 ? this * (1 / length) : throw new InvalidOperationException("A null vector has no direction.");
    }

    /// <summary>The sum of two displacements.</summary>
    public static PatientVector operator +(PatientVector a, PatientVector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>The difference of two displacements.</summary>
    public static PatientVector operator -(PatientVector a, PatientVector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The opposite direction.</summary>
    public static PatientVector operator -(PatientVector a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>The displacement scaled by <paramref name="s"/>.</summary>
    public static PatientVector operator *(PatientVector a, double s) => new(a.X * s, a.Y * s, a.Z * s);
}
