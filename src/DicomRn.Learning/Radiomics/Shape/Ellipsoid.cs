namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>An ellipsoid by its semi-axes, mm, descending.</summary>
internal readonly record struct Ellipsoid(double A, double B, double C)
{
    private const int Terms = 20;

    /// <summary>mm³.</summary>
    public double Volume => 4 * Math.PI * A * B * C / 3;

    /// <summary>mm², by the first 20 terms of the Legendre series that IBSI 3.1.23 (RDD2) gives.</summary>
    public double Area
    {
        get
        {
            double alpha2 = 1 - B * B / (A * A), beta2 = 1 - C * C / (A * A), product = alpha2 * beta2, half = (alpha2 + beta2) / 2;
            // Legendre polynomials times (αβ)^ν, by their recurrence: finite also where α or β is 0.
            double previous = 1, current = half, sum = 1 + current / (1 - 4.0);
            for (int n = 1; n < Terms; n++)
            {
                (previous, current) = (current, ((2 * n + 1) * half * current - n * product * previous) / (n + 1));
                sum += current / (1 - 4.0 * (n + 1) * (n + 1));
            }

            return 4 * Math.PI * A * B * sum;
        }
    }
}
