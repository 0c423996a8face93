namespace DicomRn.Learning.Cohorts.Import;

/// <summary>Something of a data set that did not become part of the cohort, or not wholly.</summary>
/// <param name="What">Patient, scan, lesion or file, by its name in the data set.</param>
/// <param name="Why">The reason, the same words for the same reason.</param>
public sealed record LeftOut(string What, string Why);
