namespace DicomRn.Learning.Evaluation;

/// <summary>A value with the 95 % interval of the bootstrap by patient.</summary>
/// <param name="Value">As measured; NaN where it does not exist.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Value, double Low, double High);
