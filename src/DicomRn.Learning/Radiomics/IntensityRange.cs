namespace DicomRn.Learning.Radiomics;

/// <summary>Intensities from <paramref name="Low"/> to <paramref name="High"/>, both included; either may be infinite.</summary>
public readonly record struct IntensityRange(double Low, double High);
