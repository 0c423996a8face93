namespace DicomRn.Learning.Statistics;

/// <summary>The cases of one interval of probabilities.</summary>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="MeanProbability">Mean of their probabilities.</param>
/// <param name="Positive">The share of them that is positive, with its interval.</param>
public sealed record CalibrationBin(double Low, double High, double MeanProbability, Proportion Positive)
{
    /// <summary>Number of cases.</summary>
    public int Cases => Positive.Of;
}
