using MathNet.Numerics.LinearAlgebra;

namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// The maximal correlation coefficient of a co-occurrence matrix (Haralick 1973, f14; MCC in PyRadiomics): the square root of the second
/// largest eigenvalue of Q = D⁻¹PD⁻¹Pᵀ. P is symmetric, so Q has the squared eigenvalues of D^-½PD^-½, whose largest is 1.
/// </summary>
internal static class MaximalCorrelation
{
    public static double Of(CoOccurrenceMatrix matrix)
    {
        double[] px = CoOccurrenceFeatures.Marginal(matrix);
        int[] present = [.. Enumerable.Range(1, px.Length).Where(level => px[level - 1] > 0)];
        if (present.Length < 2)
            return 1;
        Matrix<double> scaled = Matrix<double>.Build.Dense(
            present.Length, present.Length,
            (a, b) => matrix.Row(present[a])[present[b] - 1] / matrix.Total / Math.Sqrt(px[present[a] - 1] * px[present[b] - 1]));
        double[] magnitudes = [.. scaled.Evd(Symmetricity.Symmetric).EigenValues.Select(v => Math.Abs(v.Real)).OrderDescending()];
        return magnitudes[1];
    }
}
