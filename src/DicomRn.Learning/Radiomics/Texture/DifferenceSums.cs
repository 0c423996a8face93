namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>The co-occurrence features that only the distribution of |i − j| decides.</summary>
internal readonly record struct DifferenceSums
{
    /// <param name="difference">Probability of each difference of levels, from 0; as many as there are levels.</param>
    public DifferenceSums(double[] difference)
    {
        double ng = difference.Length;
        for (int k = 0; k < difference.Length; k++)
        {
            double p = difference[k];
            if (p == 0)
                continue;
            Mean += p * k;
            Contrast += p * k * k;
            InverseDifference += p / (1 + k);
            InverseDifferenceNormalised += p / (1 + k / ng);
            InverseMoment += p / (1 + (double)k * k);
            InverseMomentNormalised += p / (1 + k * (double)k / (ng * ng));
            InverseVariance += k > 0 ? p / ((double)k * k) : 0;
        }

        for (int k = 0; k < difference.Length; k++)
            Variance += difference[k] * (k - Mean) * (k - Mean);
    }

    public double Mean { get; }

    public double Variance { get; }

    public double Contrast { get; }

    public double InverseDifference { get; }

    public double InverseDifferenceNormalised { get; }

    public double InverseMoment { get; }

    public double InverseMomentNormalised { get; }

    public double InverseVariance { get; }
}
